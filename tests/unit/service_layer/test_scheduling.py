"""What a worker does now and then."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    an_offer,
    buy,
    drain_all,
    ledger,
    payment_of,
    refund,
    register,
    ship,
)

from watchstore.domain import Terms
from watchstore.service_layer import relay, scheduling
from watchstore.service_layer.ports import GatewayUnavailable
from watchstore.service_layer.scheduling import Duty, do_due


@pytest.fixture
def heard():
    return []


@pytest.fixture
def report(heard):
    return lambda event, **facts: heard.append((event, facts))


def test_every_duty_is_done_when_it_is_due(house):
    assert house.rival.do_duties() == 6
    assert house.rival.do_duties() == 0
    house.clock.advance(30)
    assert house.rival.do_duties() == 2
    house.clock.advance(86_400)
    assert house.rival.do_duties() == 6


def test_a_duty_that_fails_is_told_of_and_keeps_no_other_from_being_done(house, report, heard):
    done = []
    every = timedelta(hours=1)
    duties = [
        Duty("broken", every, every, lambda: 1 / 0),
        Duty("sound", every, every, lambda: done.append(1)),
    ]
    assert do_due(house.storage.duties, duties, report=report) == 2
    assert done == [1]
    (told,) = heard
    assert told == (
        "duty_failed",
        {"duty": "broken", "error": "ZeroDivisionError: division by zero"},
    )
    assert do_due(house.storage.duties, duties, report=report) == 0


def settle(house, report):
    scheduling.settle_pending(
        checks=house.storage.checks,
        begin=house.rival.begin,
        gateway=house.gateway,
        clock=house.clock,
        terms=Terms(),
        report=report,
    )


def test_a_payment_without_an_answer_is_asked_about_after_a_minute(house, report, heard):
    receipt = buy(house, an_offer(house), card="tok_timeout")
    settle(house, report)
    assert payment_of(house, receipt).state == "authorising"
    house.clock.advance(61)
    settle(house, report)
    assert payment_of(house, receipt).state == "authorised"
    assert heard == []


def test_so_is_a_refund(house, report, monkeypatch):
    receipt = buy(house, an_offer(house))
    ship(house, receipt)
    with monkeypatch.context() as silent:
        silent.setattr(house.gateway, "refund", silence)
        refund(house, receipt)
    house.clock.advance(61)
    settle(house, report)
    assert ledger(house) == ["authorised", "captured", "refunded"]


def silence(**_):
    raise GatewayUnavailable("no answer")


@pytest.mark.breaks("charge_amount")
def test_a_gateway_that_stays_silent_is_told_of(house, report, heard):
    buy(house, an_offer(house), card="tok_timeout")
    house.clock.advance(61)
    house.gateway._answers.clear()
    settle(house, report)
    assert [event for event, _ in heard] == ["unanswered"]


@pytest.mark.breaks("voided")
def test_the_reconciliation_tells_every_difference(house, report, heard):
    receipt = buy(house, an_offer(house))
    house.gateway.void(key="by-hand", reference=payment_of(house, receipt).reference)
    scheduling.reconcile(
        checks=house.storage.checks,
        gateway=house.gateway,
        challenge=timedelta(minutes=30),
        report=report,
    )
    (difference, told), summary = heard
    assert (difference, told["rule"], told["id"]) == ("difference", "voided", receipt.number)
    assert summary == ("reconciled", {"differences": 1})


def test_what_is_old_goes_batch_by_batch(house, report, heard, monkeypatch):
    monkeypatch.setattr(scheduling, "_BATCH", 1)
    register(house, "ada@example.com")
    register(house, "bob@example.com")
    house.clock.advance(86_400 * 31)
    scheduling.tidy(deliveries=house.storage.deliveries, report=report)
    assert heard == [("tidied", {"rows": 2})]


def test_the_schedule_names_each_duty_once(house):
    names = [duty.name for duty in house.rival.schedule()]
    assert sorted(names) == ["challenges", "checkouts", "papers", "reconcile", "settle", "tidy"]


class TestDraining:
    def test_that_is_to_stop_gives_back_what_it_has_not_begun(self, house):
        offer = an_offer(house, pieces=3)
        drain_all(house)  # the shop is open; what follows is about the orders
        for _ in range(3):
            buy(house, offer)
        delivered = []

        def stopping():
            return len(delivered) == 1

        def deliver(event):
            delivered.append(event)

        tried = relay.drain(
            house.storage.deliveries,
            {"mail": deliver},
            clock=house.clock,
            failed=lambda *_: None,
            spread=lambda: 1.0,
            stopping=stopping,
        )
        assert (tried, len(delivered)) == (1, 1)
        assert len(house.storage.deliveries.lease(most=9, lasting=relay.LEASE)) == 2

    def test_begins_nothing_when_its_leases_are_half_over(self, house):
        offer = an_offer(house, pieces=3)
        drain_all(house)  # the shop is open; what follows is about the orders
        for _ in range(3):
            buy(house, offer)

        tried = relay.drain(
            house.storage.deliveries,
            {"mail": lambda _: house.clock.advance(4)},
            clock=house.clock,
            failed=lambda *_: None,
            spread=lambda: 1.0,
        )
        assert tried == 2
        again = house.storage.deliveries.lease(most=9, lasting=relay.LEASE)
        assert [lease.attempts for lease in again if lease.consumer == "mail"] == [1]
