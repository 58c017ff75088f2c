"""The limits of a voucher are keys: they hold without the code, and nothing holds without them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool
from tests.harness.hearing import data, listening
from tests.harness.language import a_voucher, an_offer, buy
from tests.harness.postgres import make_empty
from tests.harness.racing import answers, errors
from tests.harness.records import a_request_key
from tests.harness.redeeming import BUYERS, USES, race_for_a_voucher, redeemed

from watchstore.adapters.postgres.repositories import vouchers
from watchstore.domain.errors import VoucherRefused
from watchstore.service_layer.ports import Unavailable


@pytest.fixture(autouse=True)
def _empty(operator) -> None:
    """The gateway of each house counts its payments anew."""
    make_empty(operator)


@pytest.fixture
def unlocked(monkeypatch) -> None:
    """A mutant: orders read the voucher without waiting for each other."""
    monkeypatch.setattr(vouchers, "_FIND", vouchers._PEEK)


@pytest.fixture
def keyless(operator) -> Iterator[None]:
    """A mutant: nothing says that a slot is taken once."""
    with operator.connect() as connection:
        connection.execute(text("ALTER TABLE redemptions DROP CONSTRAINT redemptions_pkey"))
        yield
        connection.execute(text("TRUNCATE redemptions"))
        connection.execute(text("ALTER TABLE redemptions ADD PRIMARY KEY (voucher_id, slot)"))


def test_the_keys_alone_hold_the_limit(house, unlocked):
    code, outcomes = race_for_a_voucher(house, 1)
    assert redeemed(house, code) == len(answers(outcomes)) <= USES
    assert {type(each) for each in errors(outcomes)} <= {VoucherRefused, Unavailable}


def test_the_mutant_without_the_guard_is_noticed(house, unlocked, keyless):
    code, outcomes = race_for_a_voucher(house, 2)
    assert USES < redeemed(house, code) == len(answers(outcomes)) <= BUYERS


def test_a_voucher_adds_two_statements_to_the_nine_of_an_order(house, storage):
    code, offer = a_voucher(house), an_offer(house, pieces=2)
    for voucher, statements in ((None, 9), (code, 11)):
        with listening(storage) as heard:
            buy(house, offer, voucher=voucher, key=a_request_key())
        assert len(data(heard)) == statements, "\n\n".join(heard)


@pytest.fixture
def sql(database_url, house) -> Iterator[Connection]:
    """A script's connection, with a voucher for one use that is used; what it does is lost."""
    code = a_voucher(house, uuid4().hex[:12], uses=2, uses_per_customer=1)
    buy(house, an_offer(house), voucher=code)
    other = a_voucher(house, uuid4().hex[:12])
    buy(house, an_offer(house))
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        names = {"used": code.text, "other": other.text}
        for name, value in names.items():
            connection.execute(text(f"SET LOCAL shop.{name} = '{value}'"))
        yield connection


COPY = (
    "INSERT INTO redemptions SELECT (jsonb_populate_record(r, jsonb_build_object("
    "'order_id', (SELECT id FROM orders o WHERE o.voucher IS NULL LIMIT 1), {}))).*"
    " FROM redemptions r JOIN vouchers v ON v.id = r.voucher_id"
    " WHERE v.code = current_setting('shop.used')"
)
REFUSED = {
    "the same use twice": (
        COPY.format("'customer', 'mail:b@example.com'"),
        "redemptions_pkey",
    ),
    "a use beyond the limit": (COPY.format("'slot', 3"), "redemptions_slot_check"),
    "a use beyond the customer's limit": (
        COPY.format("'slot', 2, 'turn', 2"),
        "redemptions_turn_check",
    ),
    "a second use of a customer who has one": (
        COPY.format("'slot', 2"),
        "redemptions_voucher_id_customer_turn_key",
    ),
    "a limit that the voucher has not": (
        COPY.format("'slot', 3, 'uses', 3, 'customer', 'mail:b@example.com'"),
        "redemptions_voucher_id_uses_uses_per_customer_fkey",
    ),
    "other terms": (
        "UPDATE vouchers SET percent = 99 WHERE code = current_setting('shop.other')",
        "vouchers_as_made",
    ),
    "a higher limit": (
        "UPDATE vouchers SET uses = 3 WHERE code = current_setting('shop.other')",
        "vouchers_as_made",
    ),
    "a discount that no voucher gave": (
        (
            "INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id',"
            " gen_random_uuid(), 'number', 'WS-0000000000', 'discount_amount', 1,"
            " 'voucher', NULL))).* FROM orders o LIMIT 1"
        ),
        "orders_discount_check",
    ),
    "another tax than was paid": (
        "UPDATE orders SET tax_amount = tax_amount + 1",
        "orders_as_sold",
    ),
}


@pytest.mark.parametrize(("statement", "constraint"), REFUSED.values(), ids=list(REFUSED))
def test_is_refused(sql, statement, constraint):
    with pytest.raises(IntegrityError) as refusal:
        sql.execute(text(statement))
    assert refusal.value.orig.diag.constraint_name == constraint
