"""How much is said to the server: round trips are what an order costs."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import text
from tests.harness.hearing import data, listening
from tests.harness.language import (
    ADDRESS,
    CONTACT,
    a_voucher,
    an_offer,
    change,
    order,
    order_of,
    start,
)
from tests.harness.records import a_request_key, keep_hold, keep_offer

from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.postgres.delivery_statements import LEASE
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.domain.errors import SoldOut
from watchstore.domain.events import WatchCreated, WatchPublished


def test_an_order_of_three_offers_takes_nine_statements(house, storage):
    offers = [an_offer(house, pieces=2) for _ in range(3)]
    with listening(storage) as heard:
        house.shop.place_order(order_of(*((offer, 1) for offer in offers), key=a_request_key()))
    assert len(data(heard)) == 9, "\n\n".join(heard)
    assert len(heard) - len(data(heard)) == 3


def test_an_order_with_a_voucher_takes_eleven(house, storage):
    offer, code = an_offer(house), a_voucher(house, uses=5)
    with listening(storage) as heard:
        house.shop.place_order(order_of((offer, 1), voucher=code, key=a_request_key()))
    assert len(data(heard)) == 11, "\n\n".join(heard)


def test_an_order_of_a_checkout_takes_fifteen_with_the_emptying_of_the_cart(house, storage):
    checkout = start(house, (an_offer(house), 1))
    change(house, checkout, contact=CONTACT, address=ADDRESS)
    with listening(storage) as heard:
        order(house, checkout, key=a_request_key())
    assert len(data(heard)) == 15, "\n\n".join(heard)


def test_a_claim_is_one_statement_however_many_offers(storage):
    wanted = {keep_offer(storage, 2)[0].id: 2 for _ in range(5)}
    with listening(storage) as heard, storage.begin() as uow:
        uow.pieces.claim(wanted)
    assert len(data(heard)) == 1


def test_a_refusal_is_three(storage):
    offer, _ = keep_offer(storage, 0)
    with listening(storage) as heard, storage.begin() as uow, suppress(SoldOut):
        uow.pieces.claim({offer.id: 1})
    assert len(data(heard)) == 3


def test_any_number_of_events_is_one_statement(storage):
    with listening(storage) as heard, storage.begin() as uow:
        uow.outbox.append(uuid4(), WatchCreated("1"), WatchPublished("1"), WatchCreated("2"))
        uow.commit()
    assert len(heard) == 1


def test_any_number_of_pieces_is_held_in_one_statement(storage):
    _, pieces = keep_offer(storage, 10)
    with listening(storage) as heard:
        keep_hold(storage, *pieces)
    assert len(heard) == 1


def test_a_storage_says_nothing_until_it_is_used():
    storage = PostgresStorage(
        "postgresql+psycopg2://nobody@127.0.0.1:1/nowhere", pool_size=1, speller=RapidfuzzSpeller
    )
    storage.close()


def test_a_lease_finds_its_work_among_many_that_are_done(storage, operator):
    with operator.connect() as connection:
        connection.execute(
            text(
                "WITH done AS (INSERT INTO events (aggregate, seq, name, version, payload)"
                " SELECT gen_random_uuid(), 1, 'order.paid', 1, '{\"order_id\": \"1\"}'"
                " FROM generate_series(1, 20000) RETURNING id, aggregate)"
                " INSERT INTO deliveries"
                " (event_id, consumer, aggregate, seq, not_before, delivered_at)"
                " SELECT id, 'mail', aggregate, 1, now(), now() FROM done"
            )
        )
        connection.execute(text("ANALYZE deliveries"))
    plan = explained(storage, operator)
    assert "deliveries_due_idx" in plan
    assert "Seq Scan on deliveries" not in plan


def explained(storage: PostgresStorage, operator) -> str:
    compiled = LEASE.compile(dialect=storage._reads.dialect)
    params = {"most": 20, "lasting": timedelta(seconds=30)}
    with operator.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN {compiled}", compiled.construct_params(params))
        return "\n".join(rows.scalars())
