"""Events of another release, and errors that PostgreSQL cannot keep as they are."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

from sqlalchemy import text
from tests.harness.racing import errors, race
from tests.harness.records import PRICE, put_offer

from watchstore.domain.events import OrderPaid
from watchstore.service_layer.queries import Listing

LASTING = timedelta(seconds=30)


def append(storage, aggregate, *happened):
    with storage.begin() as uow:
        uow.outbox.append(aggregate, *happened)
        uow.commit()


def test_an_event_that_nobody_here_can_read_is_parked_and_holds_up_its_own_stream_only(
    storage, operator
):
    newer, readable = uuid4(), uuid4()
    append(storage, newer, OrderPaid("newer"), OrderPaid("after it"))
    append(storage, readable, OrderPaid("readable"))
    with operator.connect() as connection:
        connection.execute(
            text("UPDATE events SET version = 2 WHERE aggregate = :newer AND seq = 1"),
            {"newer": newer},
        )
    (lease,) = storage.deliveries.lease(most=10, lasting=LASTING)
    assert lease.event == OrderPaid("readable")
    assert storage.deliveries.complete(lease)
    assert storage.deliveries.lease(most=10, lasting=LASTING) == ()
    with operator.connect() as connection:
        parked = text("SELECT error FROM deliveries WHERE parked_at IS NOT NULL")
        assert connection.execute(parked).scalars().all() == [
            "unknown event: order.paid, version 2"
        ]


def test_an_error_is_kept_without_what_cannot_be_stored(storage, operator):
    append(storage, uuid4(), OrderPaid("1"))
    (lease,) = storage.deliveries.lease(most=1, lasting=LASTING)
    storage.deliveries.postpone(lease, delay=LASTING, error="nul \x00 half \ud800 end")
    with operator.connect() as connection:
        kept = text("SELECT error FROM deliveries WHERE event_id = :event")
        found = connection.execute(kept, {"event": lease.event_id}).scalar_one()
    assert found == "nul  half ? end"


def test_the_listing_has_the_last_price_of_every_offer_repriced_at_once(storage):
    with storage.begin() as uow:
        one = put_offer(uow)
        watch = uow.watches.get(one.watch_id)
        two = put_offer(uow, watch=watch)
        uow.commit()

    def reprice(offer, factor):
        with storage.begin() as uow:
            uow.offers.save(uow.offers.get(offer.id).reprice(PRICE * factor))
            uow.commit()

    for round_ in range(10, 0, -1):
        calls = [partial(reprice, one, 2 * round_ + 1), partial(reprice, two, 2 * round_ + 2)]
        assert errors(race(calls)) == []
        (card,) = storage.catalogue.listing(Listing()).items
        assert card.amount == (PRICE * (2 * round_ + 1)).amount
