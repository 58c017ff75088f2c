"""Events are delivered at least once, in order per aggregate, by one worker at a time."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from tests.harness.racing import race
from tests.harness.records import a_hold, keep_offer, keep_user

from watchstore.domain.events import (
    AccountRegistered,
    OrderCancelled,
    OrderPlaced,
    PasswordChanged,
    SessionsEnded,
    WatchCreated,
)
from watchstore.service_layer.cause import CAUSE
from watchstore.service_layer.ports import Backlog

LASTING = timedelta(seconds=30)
NOTHING = timedelta(0)


def append(storage, aggregate, *events):
    with storage.begin() as uow:
        uow.outbox.append(aggregate, *events)
        uow.commit()


def lease(storage, *, most=100, lasting=LASTING):
    return storage.deliveries.lease(most=most, lasting=lasting)


def lease_one(storage, **more):
    (only,) = lease(storage, **more)
    return only


def registered(number=1):
    return AccountRegistered(f"user {number}")


class TestAppending:
    def test_is_lost_without_commit(self, storage):
        with storage.begin() as uow:
            uow.outbox.append(uuid4(), registered())
        assert lease(storage) == ()

    def test_gives_back_the_same_event(self, storage):
        aggregate = uuid4()
        events = [
            registered(),
            SessionsEnded("user", ("a", "b")),
            OrderCancelled("order", "payment", "changed my mind"),
        ]
        append(storage, aggregate, *events)
        found = {each.event for each in lease(storage)}
        assert found == {events[0], events[1]}  # the third is the mail stream's second

    def test_makes_a_delivery_for_each_reaction(self, storage):
        append(storage, uuid4(), OrderCancelled("order", "payment", "why"))
        append(storage, uuid4(), WatchCreated("watch"))
        assert [each.consumer for each in lease(storage)] == ["mail"]

    def test_waits_as_long_as_the_reaction_says(self, storage, later):
        append(storage, uuid4(), OrderPlaced("order", "payment"))
        assert lease(storage) == ()
        later(timedelta(seconds=7))
        assert lease_one(storage).consumer == "payments"


class TestALease:
    def test_counts_attempts_and_fences(self, storage):
        aggregate = uuid4()
        append(storage, aggregate, registered())
        first = lease_one(storage, lasting=NOTHING)
        second = lease_one(storage)
        assert (first.attempts, second.attempts) == (1, 2)
        assert first.token < second.token
        assert first.aggregate == second.aggregate == aggregate
        assert first.event_id == second.event_id

    def test_is_nobody_elses(self, storage):
        append(storage, uuid4(), registered())
        lease_one(storage)
        assert lease(storage) == ()

    def test_that_is_over_goes_to_another(self, storage, later):
        append(storage, uuid4(), registered())
        lease_one(storage)
        later(LASTING + timedelta(seconds=1))
        assert lease_one(storage).attempts == 2

    def test_takes_no_more_than_asked(self, storage):
        for _ in range(5):
            append(storage, uuid4(), registered())
        assert len(lease(storage, most=2)) == 2
        assert len(lease(storage, most=10)) == 3

    def test_is_of_the_lowest_event_of_a_stream(self, storage):
        aggregate = uuid4()
        append(storage, aggregate, registered(1), registered(2))
        append(storage, aggregate, registered(3))
        for number in (1, 2, 3):
            only = lease_one(storage)
            assert only.event == registered(number)
            assert storage.deliveries.complete(only) == 1
        assert lease(storage) == ()

    def test_of_one_consumer_does_not_hold_up_another(self, storage):
        aggregate = uuid4()
        append(storage, aggregate, PasswordChanged("user"), SessionsEnded("user", ("a",)))
        assert {each.consumer for each in lease(storage)} == {"mail", "sessions"}

    def test_is_exclusive_among_many_workers(self, storage):
        for number in range(40):
            append(storage, uuid4(), registered(number))

        def work():
            return [each.event_id for each in lease(storage, most=5)]

        leased = [event for events in race([work] * 12) for event in events]
        assert len(set(leased)) == len(leased)
        leased += [each.event_id for each in lease(storage)]
        assert len(set(leased)) == len(leased) == 40


class TestFinishing:
    def test_late_changes_nothing(self, storage):
        append(storage, uuid4(), registered())
        late = lease_one(storage, lasting=NOTHING)
        owner = lease_one(storage)

        assert storage.deliveries.complete(late) == 0
        storage.deliveries.park(late, error="late")
        storage.deliveries.postpone(late, delay=timedelta(days=1), error="late")

        assert storage.deliveries.complete(owner) == 1
        assert lease(storage) == ()

    def test_twice_counts_once(self, storage):
        append(storage, uuid4(), registered())
        only = lease_one(storage)
        assert storage.deliveries.complete(only) == 1
        assert storage.deliveries.complete(only) == 0

    def test_after_the_lease_but_before_a_rival_still_counts(self, storage):
        append(storage, uuid4(), registered())
        slow = lease_one(storage, lasting=NOTHING)
        assert storage.deliveries.complete(slow) == 1
        assert lease(storage) == ()

    def test_postponed_comes_back_when_due(self, storage, later):
        append(storage, uuid4(), registered(1), registered(2))
        storage.deliveries.postpone(
            lease_one(storage), delay=timedelta(minutes=5), error="TimeoutError: no answer"
        )
        assert lease(storage) == ()
        later(timedelta(minutes=6))
        again = lease_one(storage)
        assert (again.event, again.attempts) == (registered(1), 2)

    def test_parked_stops_its_stream_and_no_other(self, storage, later):
        stopped, other = uuid4(), uuid4()
        append(storage, stopped, registered(1), registered(2))
        storage.deliveries.park(lease_one(storage), error="ValueError: broken")
        append(storage, other, registered(3))
        append(storage, stopped, SessionsEnded("user", ("a",)))
        later(timedelta(days=1))
        assert {each.event for each in lease(storage)} == {
            registered(3),
            SessionsEnded("user", ("a",)),
        }

    def test_of_a_batch_counts_those_that_were_not_lost(self, storage):
        for number in range(3):
            append(storage, uuid4(), registered(number))
        late = lease_one(storage, most=1, lasting=NOTHING)
        rest = lease(storage)
        assert storage.deliveries.complete(late, *rest) == 3
        assert storage.deliveries.complete(*rest) == 0
        assert storage.deliveries.complete() == 0


class TestGivingBack:
    def test_is_as_if_it_had_not_been_leased(self, storage):
        append(storage, uuid4(), registered())
        storage.deliveries.give_back(lease_one(storage))
        assert lease_one(storage).attempts == 1

    def test_late_takes_nothing_from_the_new_owner(self, storage):
        append(storage, uuid4(), registered())
        late = lease_one(storage, lasting=NOTHING)
        owner = lease_one(storage)
        storage.deliveries.give_back(late)
        assert lease(storage) == ()
        assert storage.deliveries.complete(owner) == 1


class TestReplaying:
    def test_lets_the_stream_go_on_with_fresh_attempts(self, storage):
        aggregate = uuid4()
        append(storage, aggregate, registered(1), registered(2))
        parked = lease_one(storage)
        storage.deliveries.park(parked, error="ValueError: broken")
        (letter,) = storage.office.dead_letters()
        assert (letter.event_id, letter.consumer) == (str(parked.event_id), "mail")
        assert (letter.event, letter.aggregate) == ("account.registered", str(aggregate))
        assert (letter.attempts, letter.error) == (1, "ValueError: broken")

        assert storage.deliveries.replay(parked.event_id) == 1

        assert storage.office.dead_letters() == ()
        again = lease_one(storage)
        assert (again.event, again.attempts) == (registered(1), 1)
        assert again.token > parked.token

    def test_is_of_dead_letters_only_and_of_the_consumer_asked_for(self, storage):
        append(storage, uuid4(), registered())
        only = lease_one(storage)
        assert storage.deliveries.replay(only.event_id) == 0
        storage.deliveries.park(only, error="")
        assert storage.deliveries.replay(uuid4()) == 0
        assert storage.deliveries.replay(only.event_id, consumer="sessions") == 0
        assert storage.deliveries.replay(only.event_id, consumer="mail") == 1


class TestTidying:
    def test_is_done_in_batches(self, storage, later):
        for _ in range(5):
            append(storage, uuid4(), WatchCreated("nobody reacts"))
        later(timedelta(days=8))
        tidy = partial(storage.deliveries.tidy, older_than=timedelta(days=7), most=2)
        assert [tidy() for _ in range(4)] == [2, 2, 1, 0]

    def test_lifts_holds_that_ended_long_ago(self, storage, later):
        _, (piece, other) = keep_offer(storage, 2)
        with storage.begin() as uow:
            uow.pieces.hold([piece], a_hold(minutes=1))
            uow.pieces.hold([other], a_hold(minutes=60))
            uow.commit()
        later(timedelta(minutes=63))
        assert storage.deliveries.tidy(older_than=timedelta(days=7)) == 1
        with storage.begin() as uow:
            assert uow.pieces.get(piece).hold is None
            assert uow.pieces.get(other).hold is not None

    def test_removes_what_is_delivered_and_old(self, storage, later):
        append(storage, uuid4(), registered())
        append(storage, uuid4(), WatchCreated("nobody reacts"))
        storage.deliveries.complete(lease_one(storage))
        assert storage.deliveries.tidy(older_than=timedelta(days=7)) == 0
        later(timedelta(days=8))
        append(storage, uuid4(), registered())
        assert storage.deliveries.tidy(older_than=timedelta(days=7)) == 2
        assert lease_one(storage).event == registered()

    def test_keeps_what_is_old_but_not_delivered(self, storage, later):
        aggregate = uuid4()
        append(storage, aggregate, registered())
        parked = lease_one(storage)
        storage.deliveries.park(parked, error="broken")
        later(timedelta(days=8))
        assert storage.deliveries.tidy(older_than=timedelta(days=7)) == 0
        append(storage, aggregate, registered(2))
        assert lease(storage) == ()

    def test_does_not_disturb_the_order_of_what_follows(self, storage, later):
        aggregate = uuid4()
        append(storage, aggregate, registered(1))
        storage.deliveries.complete(lease_one(storage))
        later(timedelta(days=8))
        append(storage, aggregate, registered(2))
        storage.deliveries.tidy(older_than=timedelta(days=7))
        append(storage, aggregate, registered(3))
        for number in (2, 3):
            only = lease_one(storage)
            assert only.event == registered(number)
            storage.deliveries.complete(only)


class TestTheBacklog:
    def test_is_empty_at_first(self, storage):
        assert storage.deliveries.backlog() == Backlog(0, 0, NOTHING)

    def test_counts_what_waits_and_what_was_given_up(self, storage, later):
        for _ in range(3):
            append(storage, uuid4(), registered())
        parked, delivered, _ = lease(storage, lasting=NOTHING)
        storage.deliveries.park(parked, error="broken")
        storage.deliveries.complete(delivered)
        later(timedelta(minutes=5))
        append(storage, uuid4(), registered())
        found = storage.deliveries.backlog()
        assert (found.pending, found.parked) == (2, 1)
        assert timedelta(minutes=5) <= found.oldest < timedelta(minutes=6)


class TestConcurrentWriters:
    def test_of_one_aggregate_are_numbered_in_the_order_of_its_lock(self, storage):
        user = keep_user(storage, name="")
        written = []

        def write(number):
            with storage.begin() as uow:
                locked = uow.users.get(user.id)
                uow.users.save(locked.rename(f"{locked.name}."))
                uow.outbox.append(user.id, registered(number))
                written.append(number)
                uow.commit()

        assert race([partial(write, number) for number in range(16)]) == [None] * 16
        for number in written:
            only = lease_one(storage)
            assert only.event == registered(number)
            storage.deliveries.complete(only)

    def test_and_many_workers_deliver_every_event_in_order(self, storage):
        users = [keep_user(storage) for _ in range(4)]
        done = {user.id: [] for user in users}

        def write(user):
            for number in range(5):
                with storage.begin() as uow:
                    uow.users.get(user.id)
                    uow.outbox.append(user.id, registered(number))
                    uow.commit()

        def work():
            while sum(map(len, done.values())) < 20:
                for each in lease(storage, most=3):
                    done[each.aggregate].append(each.event)
                    assert storage.deliveries.complete(each)

        assert race([*(partial(write, user) for user in users), work, work, work]) == [None] * 7
        assert done == {user.id: [registered(n) for n in range(5)] for user in users}


@pytest.mark.parametrize("count", [1, 3])
def test_one_append_keeps_its_order(storage, count):
    events = [registered(number) for number in range(count)]
    append(storage, uuid4(), *events)
    for event in events:
        only = lease_one(storage)
        assert only.event == event
        storage.deliveries.complete(only)


class TestACause:
    def test_stays_with_its_events(self, storage):
        token = CAUSE.set("a request")
        try:
            append(storage, uuid4(), registered(1), registered(2))
        finally:
            CAUSE.reset(token)
        assert lease_one(storage).cause == "a request"

    def test_may_be_unknown(self, storage):
        append(storage, uuid4(), registered())
        assert lease_one(storage).cause is None
