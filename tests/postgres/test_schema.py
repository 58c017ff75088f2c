"""What a script that goes round the code is refused by the database itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool
from tests.harness.records import a_hold, a_request_key, keep_offer, keep_order

from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller


@dataclass(frozen=True)
class Shelf:
    """Two free pieces, and two orders of one piece each."""

    offer: str
    free: str
    held: str
    order: str
    owned: str
    other: str


@pytest.fixture(scope="module")
def shelf(database_url) -> Shelf:
    storage = PostgresStorage(database_url, pool_size=2, speller=RapidfuzzSpeller)
    offer, (free, held, owned, rest) = keep_offer(storage, 4)
    order, other = keep_order(storage, offer, owned), keep_order(storage, offer, rest)
    with storage.begin() as uow:
        uow.pieces.hold([held], a_hold())
        uow.keys.claim(a_request_key())
        uow.commit()
    storage.close()
    return Shelf(*map(str, (offer.id, free, held, order.id, owned, other.id)))


@pytest.fixture
def sql(database_url) -> Iterator[Connection]:
    """A script's connection; what it does is rolled back."""
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        yield connection


def run(sql: Connection, statement: str, shelf: Shelf) -> None:
    sql.execute(text(statement), {**vars(shelf), "new": str(uuid4())})


REFUSED = {
    "a second taker": (
        "UPDATE pieces SET order_id = :other WHERE id = :owned",
        "pieces_one_taker",
    ),
    "a second taker by way of an offer's pieces": (
        (
            "UPDATE pieces SET order_id = :order, hold_id = NULL, hold_until = NULL"
            " WHERE offer_id = :offer"
        ),
        "pieces_one_taker",
    ),
    "the end of a piece that is somebody's": (
        "DELETE FROM pieces WHERE id = :owned",
        "pieces_keep_their_taker",
    ),
    "a sale without an order": (
        "UPDATE pieces SET sold_at = now() WHERE id = :free",
        "pieces_sold_to_an_order_check",
    ),
    "a hold of an ordered piece": (
        "UPDATE pieces SET hold_id = :new, hold_until = now() WHERE id = :owned",
        "pieces_one_claim_check",
    ),
    "an order of a held piece that stays held": (
        "UPDATE pieces SET order_id = :order WHERE id = :held",
        "pieces_one_claim_check",
    ),
    "a hold without an end": (
        "UPDATE pieces SET hold_id = :new WHERE id = :free",
        "pieces_hold_check",
    ),
    "an order that does not exist": (
        "UPDATE pieces SET order_id = :new WHERE id = :free",
        "pieces_order_id_fkey",
    ),
    "one serial number twice": (
        "UPDATE pieces SET serial = 'SAME' WHERE id IN (:free, :held)",
        "pieces_brand_serial_key",
    ),
    "a piece of another brand": (
        "UPDATE pieces SET brand = 'Nobody' WHERE id = :free",
        "pieces_offer_id_brand_fkey",
    ),
    "a price of nothing": ("UPDATE offers SET amount = 0 WHERE id = :offer", "offers_amount_check"),
    "a price in no currency": (
        "UPDATE offers SET currency = 'dollars' WHERE id = :offer",
        "offers_currency_check",
    ),
    "an offer taken away under its pieces": (
        "DELETE FROM offers WHERE id = :offer",
        "pieces_offer_id_brand_fkey",
    ),
    "another total": (
        "UPDATE orders SET items_amount = items_amount + 1 WHERE id = :order",
        "orders_as_sold",
    ),
    "other lines": ("UPDATE orders SET lines = '[]' WHERE id = :order", "orders_as_sold"),
    "an order without lines": (
        (
            "INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', :new,"
            " 'number', 'WS-0000000000', 'lines', '[]'::jsonb))).* FROM orders o WHERE id = :order"
        ),
        "orders_lines_check",
    ),
    "a line that costs nothing": (
        (
            "INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', :new,"
            " 'number', 'WS-0000000000', 'lines', jsonb_set(lines, '{0,amount}', '0')))).*"
            " FROM orders o WHERE id = :order"
        ),
        "orders_lines_check",
    ),
    "one number for two orders": (
        (
            "INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', :new))).*"
            " FROM orders o WHERE id = :order"
        ),
        "orders_number_key",
    ),
    "a hold that makes a second order": (
        "UPDATE orders SET hold_id = '00000000-0000-0000-0000-000000000001'",
        "orders_hold_id_key",
    ),
    "a state that does not exist": (
        "UPDATE orders SET state = 'lost' WHERE id = :order",
        "orders_state_check",
    ),
    "a rest left out of what was not sent": (
        "UPDATE orders SET left_out = '[1]' WHERE id = :order",
        "orders_left_out_check",
    ),
    "shipping without a parcel": (
        "UPDATE orders SET state = 'shipped' WHERE id = :order",
        "orders_sent_in_a_parcel_check",
    ),
    "a second payment of one order": (
        (
            "INSERT INTO payments SELECT"
            " (jsonb_populate_record(p, jsonb_build_object('id', :new))).*"
            " FROM payments p WHERE order_id = :order"
        ),
        "payments_order_id_key",
    ),
    "another amount than was asked": (
        "UPDATE payments SET amount = amount + 1 WHERE order_id = :order",
        "payments_as_asked",
    ),
    "money from a gateway that knows nothing of it": (
        "UPDATE payments SET state = 'captured' WHERE order_id = :order",
        "payments_known_to_the_gateway_check",
    ),
    "money back that was never taken": (
        "UPDATE payments SET refunded = 1 WHERE order_id = :order",
        "payments_refunded_check",
    ),
    "a refund of nothing": (
        (
            "INSERT INTO refunds SELECT :new, order_id, id, 0, currency, now(), 'x', '', '[]',"
            " 'pending' FROM payments WHERE order_id = :order"
        ),
        "refunds_amount_check",
    ),
    "a withdrawn piece in an order": (
        "UPDATE pieces SET withdrawn_at = now() WHERE id = :owned",
        "pieces_withdrawn_check",
    ),
    "a withdrawn piece on hold": (
        "UPDATE pieces SET withdrawn_at = now() WHERE id = :held",
        "pieces_withdrawn_check",
    ),
    "a return of nothing": (
        "INSERT INTO returns SELECT :new, :order, '[]', '', now(), 'requested', NULL, NULL, ''",
        "returns_pieces_check",
    ),
    "a return that is accepted and not paid back": (
        "INSERT INTO returns SELECT :new, :order, '[1]', '', now(), 'accepted', NULL, NULL, ''",
        "returns_paid_back_check",
    ),
    "an eleventh address": (
        "INSERT INTO address_books SELECT :new, jsonb_agg(n) FROM generate_series(1, 11) n",
        "address_books_entries_check",
    ),
    "a wish too many": (
        "INSERT INTO wish_lists SELECT :new, jsonb_agg(n) FROM generate_series(1, 101) n",
        "wish_lists_watches_check",
    ),
    "addresses that are no list": (
        "INSERT INTO address_books VALUES (:new, '{}')",
        "address_books_entries_check",
    ),
    "addresses of nobody": (
        "INSERT INTO address_books VALUES (:new, '[]')",
        "address_books_owner_fkey",
    ),
    "wishes of nobody": (
        "INSERT INTO wish_lists VALUES (:new, '[]')",
        "wish_lists_owner_fkey",
    ),
    "one gateway reference twice": (
        "UPDATE payments SET reference = 'gw_1'",
        "payments_reference_key",
    ),
    "a request key twice": (
        "INSERT INTO request_keys SELECT * FROM request_keys",
        "request_keys_pkey",
    ),
    "a second catalogue version": (
        "INSERT INTO catalogue_state VALUES (false, 1)",
        "catalogue_state_single_check",
    ),
}


@pytest.mark.parametrize(("statement", "constraint"), REFUSED.values(), ids=list(REFUSED))
def test_is_refused(sql, shelf, statement, constraint):
    with pytest.raises(IntegrityError) as refusal:
        run(sql, statement, shelf)
    assert refusal.value.orig.diag.constraint_name == constraint


_REFUND = (
    "INSERT INTO refunds SELECT :new, order_id, id, 100, currency, now(), 'x', '', '[]', 'pending'"
    " FROM payments WHERE order_id = :order"
)


def test_a_refund_is_set_aside_in_the_payment(sql, shelf):
    run(sql, _REFUND, shelf)
    with pytest.raises(IntegrityError, match="not what it says"):
        sql.commit()


def test_a_refund_is_answered_once_and_never_another_one(sql, shelf):
    run(sql, _REFUND, shelf)
    run(sql, "UPDATE refunds SET state = 'refused'", shelf)
    for change, constraint in (("state = 'done'", "onward"), ("amount = 1", "as_asked")):
        with pytest.raises(IntegrityError, match=f"refunds_{constraint}"), sql.begin_nested():
            run(sql, f"UPDATE refunds SET {change}", shelf)


def test_a_piece_leaves_an_order_only_when_that_is_cancelled(sql, shelf):
    run(sql, "UPDATE pieces SET order_id = NULL WHERE id = :owned", shelf)
    with pytest.raises(IntegrityError, match="not cancelled"):
        sql.commit()


def test_a_piece_cannot_change_hands_by_way_of_the_shelf(sql, shelf):
    run(sql, "UPDATE pieces SET order_id = NULL WHERE id = :owned", shelf)
    run(sql, "UPDATE pieces SET order_id = :other WHERE id = :owned", shelf)
    with pytest.raises(IntegrityError, match="not cancelled"):
        sql.commit()


_LEFT_OUT = (
    "UPDATE orders SET state = 'shipped', left_out = jsonb_build_array(CAST(:owned AS text)),"
    """ parcels = '[{"carrier": "DHL", "tracking": "JD1", "pieces": []}]' WHERE id = :order"""
)


def test_a_piece_that_is_left_out_leaves_its_order(sql, shelf):
    run(sql, "UPDATE pieces SET order_id = NULL WHERE id = :owned", shelf)
    run(sql, _LEFT_OUT, shelf)
    sql.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_what_is_left_out_stays_so(sql, shelf):
    run(sql, _LEFT_OUT, shelf)
    run(sql, "UPDATE orders SET state = 'delivered' WHERE id = :order", shelf)
    with pytest.raises(IntegrityError, match="orders_left_out_once"):
        run(sql, "UPDATE orders SET left_out = '[]' WHERE id = :order", shelf)


def test_a_cancelled_order_keeps_nothing(sql, shelf):
    run(sql, "UPDATE orders SET state = 'cancelled' WHERE id = :order", shelf)
    with pytest.raises(IntegrityError, match="keeps pieces"):
        sql.commit()


def test_a_cancelled_order_stays_cancelled(sql, shelf):
    run(sql, "UPDATE orders SET state = 'cancelled' WHERE id = :order", shelf)
    with pytest.raises(IntegrityError, match="orders_onward"):
        run(sql, "UPDATE orders SET state = 'paid' WHERE id = :order", shelf)


def test_cancelling_and_freeing_together_is_fine_in_either_order(sql, shelf):
    run(sql, "UPDATE pieces SET order_id = NULL WHERE id = :owned", shelf)
    run(sql, "UPDATE orders SET state = 'cancelled' WHERE id = :order", shelf)
    sql.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_the_second_event_with_a_number_is_refused(sql, shelf):
    event = (
        "INSERT INTO events (aggregate, seq, name, version, payload)"
        " VALUES (:offer, 999, 'offer.closed', 1, '{}')"
    )
    run(sql, event, shelf)
    with pytest.raises(IntegrityError, match="events_aggregate_seq_key"):
        run(sql, event, shelf)


def test_an_e_mail_address_has_one_account(sql, shelf):
    account = (
        "INSERT INTO users (id, email, name, password_hash, registered_at, role)"
        " VALUES (gen_random_uuid(), '{}', 'Ada', 'hash', now(), 'customer')"
    )
    run(sql, account.format("ada@example.com"), shelf)
    with pytest.raises(IntegrityError, match="users_email_key"):
        run(sql, account.format("ada@example.com"), shelf)
    sql.rollback()
    with pytest.raises(IntegrityError, match="users_email_check"):
        run(sql, account.format("Ada@example.com"), shelf)


def test_amounts_have_64_bits(sql, shelf):
    run(sql, f"UPDATE offers SET amount = {2**63 - 1} WHERE id = :offer", shelf)
