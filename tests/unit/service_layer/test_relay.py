"""Delivery of events: at least once, put off with growing delays, given up in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.harness.language import an_offer, buy, drain_all, register, subjects, view
from tests.harness.shop import START

from watchstore.adapters.memory import FrozenClock
from watchstore.domain import events
from watchstore.service_layer import relay
from watchstore.service_layer.answers import created_answer, receipt_of, refusal_of
from watchstore.service_layer.ports import ConcurrencyConflict, Lease, Unavailable
from watchstore.service_layer.reactions import REACTIONS, reactions_to
from watchstore.service_layer.retrying import ATTEMPTS, retried


def refuse(_mail):
    raise ConnectionError("no route to the mail server")


class TestAFailedDelivery:
    @pytest.mark.breaks("delivery_parked")
    def test_is_repeated_with_growing_delays_and_then_parked(self, house, monkeypatch):
        monkeypatch.setattr(house.mailer, "send", refuse)
        register(house, "ada@example.com")
        waits = []
        while len(house.failures) < relay.MOST_ATTEMPTS:
            before = len(house.failures)
            house.clock.advance(1)
            waits.append(1)
            while not house.shop.drain():
                house.clock.advance(1)
                waits[-1] += 1
            assert len(house.failures) == before + 1
        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
        monkeypatch.undo()
        house.clock.advance(86_400)
        assert house.shop.drain() == 0
        assert subjects(house) == []

    def test_is_told_to_the_log(self, house, monkeypatch):
        monkeypatch.setattr(house.mailer, "send", refuse)
        register(house, "ada@example.com")
        ((lease, error),) = house.failures
        assert (lease.consumer, lease.attempts) == ("mail", 1)
        assert str(error) == "no route to the mail server"

    def test_comes_again_and_succeeds(self, house, monkeypatch):
        monkeypatch.setattr(house.mailer, "send", refuse)
        register(house, "ada@example.com")
        monkeypatch.undo()
        house.clock.advance(2)
        drain_all(house)
        assert subjects(house) == ["Confirm your e-mail address"]

    def test_holds_up_its_own_stream_only(self, house, monkeypatch):
        first = buy(house, an_offer(house))
        second = buy(house, an_offer(house))
        send = house.mailer.send

        def refuse_first(mail):
            if first.number in mail.subject:
                refuse(mail)
            send(mail)

        monkeypatch.setattr(house.mailer, "send", refuse_first)
        drain_all(house)
        assert subjects(house) == [f"Your order {second.number}"]

    def test_spreads_its_return(self):
        class Spy:
            delays = ()

            def lease(self, **_):
                return (lease,)

            def postpone(self, _lease, *, delay, error):
                self.delays += (delay,)
                assert error == "KeyError: 'nobody'"

            def complete(self, *leases):
                assert leases == ()

        lease, spy = one_lease(), Spy()
        clock = FrozenClock(START)
        relay.drain(spy, {}, clock=clock, failed=lambda *_: None, spread=lambda: 1.5)
        assert spy.delays == (timedelta(seconds=3),)


def one_lease():
    return Lease(uuid4(), "nobody", uuid4(), events.OrderPaid("order"), 1, 1)


class TestReactions:
    def test_are_to_events_that_exist(self):
        assert set(REACTIONS) <= set(events.EVENTS.values())

    def test_of_nobody_are_none(self):
        assert reactions_to(events.WatchCreated("watch")) == ()

    def test_settle_payments_a_little_later(self):
        (reaction,) = reactions_to(events.OrderPlaced("order", "payment"))
        assert (reaction.consumer, reaction.after) == ("payments", timedelta(seconds=6))

    def test_have_a_consumer_each(self, house):
        consumers = {reaction.consumer for each in REACTIONS.values() for reaction in each}
        assert consumers == set(house.shop.consumers())


class TestRetrying:
    def test_begins_again_until_it_works(self):
        tries = []

        @retried
        def step():
            tries.append(1)
            if len(tries) < ATTEMPTS:
                raise ConcurrencyConflict
            return "done"

        assert step() == "done"
        assert len(tries) == ATTEMPTS

    def test_gives_up_in_the_end(self):
        tries = []

        @retried
        def step():
            tries.append(1)
            raise ConcurrencyConflict

        with pytest.raises(Unavailable):
            step()
        assert len(tries) == ATTEMPTS

    def test_lets_other_errors_pass(self):
        @retried
        def step():
            raise KeyError

        with pytest.raises(KeyError):
            step()


def test_a_deadlock_is_nothing_that_a_buyer_sees(house):
    def conflict():
        raise ConcurrencyConflict

    offer = an_offer(house)
    house.steps.at("pieces.claim:after", conflict)
    house.steps.at("payments.save:before", conflict)
    receipt = buy(house, offer)
    assert view(house, receipt).state == "paid"


def test_answers_that_are_no_refusal_have_none():
    assert refusal_of(created_answer("id")) is None
    with pytest.raises(KeyError):
        receipt_of(created_answer("id"))


def test_the_shop_closes_with_its_block(house):
    with house.shop as shop:
        shop.ping()
        assert shop.drain() == 0
