"""What holds by the server's own clock and locks, seen from inside one transaction."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text
from tests.harness.postgres import let_time_pass, wait_for_waiters
from tests.harness.records import a_request_key, an_order, keep_hold, keep_offer

from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.domain.errors import HoldExpired
from watchstore.domain.events import AccountRegistered
from watchstore.service_layer.ports import Earlier


def test_a_hold_that_ends_after_the_transaction_began_is_over(storage):
    offer, pieces = keep_offer(storage, 1)
    with storage.begin() as uow:
        uow.pieces.known([])  # here it begins, and now() stands still
        keep_hold(storage, *pieces, minutes=0)
        assert uow.pieces.claim({offer.id: 1})[offer.id] == tuple(pieces)


def test_and_makes_no_order(storage):
    offer, pieces = keep_offer(storage, 1)
    with storage.begin() as uow:
        uow.pieces.known([])
        over = keep_hold(storage, *pieces, minutes=0)
        order = an_order(offer, *pieces, hold_id=over.id)
        uow.orders.add(order)
        with pytest.raises(HoldExpired):
            uow.pieces.assign(pieces, order.id, hold_id=over.id)


@pytest.fixture
def hasty(database_url) -> Iterator[PostgresStorage]:
    """A storage that waits for no lock."""
    url = make_url(database_url).update_query_dict({"options": "-c lock_timeout=1ms"})
    named = url.render_as_string(hide_password=False)
    storage = PostgresStorage(named, pool_size=1, speller=RapidfuzzSpeller)
    yield storage
    storage.close()


def test_a_worker_does_not_wait_for_what_another_is_taking(storage, hasty, operator):
    busy, idle = uuid4(), uuid4()
    for aggregate in (busy, idle):
        with storage.begin() as uow:
            uow.outbox.append(aggregate, AccountRegistered(str(aggregate)))
            uow.commit()
    taking = text("SELECT FROM deliveries WHERE aggregate = :busy FOR UPDATE")
    with operator.connect().execution_options(isolation_level="READ COMMITTED") as another:
        another.execute(taking, {"busy": busy})
        leases = hasty.deliveries.lease(most=9, lasting=timedelta(seconds=30))
    assert [lease.aggregate for lease in leases] == [idle]


def test_of_two_who_found_an_old_key_one_takes_it(storage, operator):
    key = a_request_key()

    def claim():
        with storage.begin() as uow:
            earlier = uow.keys.claim(key)
            uow.commit()
        return earlier

    claim()
    let_time_pass(operator, timedelta(hours=25))
    with ThreadPoolExecutor(2) as threads:
        with operator.connect().execution_options(isolation_level="READ COMMITTED") as another:
            another.execute(
                text("SELECT FROM request_keys WHERE key = :key FOR UPDATE"), {"key": key.key}
            )
            rivals = [threads.submit(claim) for _ in range(2)]
            wait_for_waiters(operator, 2)
        found = [rival.result(10) for rival in rivals]
    assert sorted(map(str, found)) == sorted(map(str, (None, Earlier(key.fingerprint, None))))


def test_a_buyer_does_not_wait_for_a_piece_while_others_are_free(storage, hasty):
    offer, _ = keep_offer(storage, 2)
    with storage.begin() as uow:
        (first,) = uow.pieces.claim({offer.id: 1})[offer.id]
        with hasty.begin() as rival:
            (second,) = rival.pieces.claim({offer.id: 1})[offer.id]
    assert first != second
