"""The bank asks the buyer: how the payment waits, goes on, or is given up, on every storage."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    GUEST,
    a_key,
    an_offer,
    buy,
    cancel,
    drain_all,
    ledger,
    order_of,
    payment_of,
    ship,
    states,
    subjects,
    told,
    view,
)
from tests.harness.racing import answers, race
from tests.harness.steps import Crash, away

from watchstore.domain import OrderNumber
from watchstore.domain.errors import InProgress, NotFound, PaymentDeclined
from watchstore.service_layer.commands import ConfirmPayment, Shopper
from watchstore.service_layer.confirming import expire_payment
from watchstore.service_layer.ports import GatewayPending, GatewayUnavailable

CHALLENGE = "tok_challenge"
TIME = timedelta(minutes=30)


def challenged(house, offer=None, **more):
    receipt = buy(house, offer or an_offer(house), card=CHALLENGE, **more)
    assert receipt.state == "awaiting_payment"
    assert receipt.action is not None
    return receipt


def confirm(house, receipt, shopper=GUEST):
    return house.shop.confirm_payment(ConfirmPayment(OrderNumber(receipt.number), shopper))


def bank(house, receipt, *, approved=True):
    """The buyer says yes to the bank, or no."""
    house.gateway.confirm(receipt.action.client_secret, approved=approved)


def expire(house, later):
    """Half an hour goes by, and a worker looks at its schedule."""
    house.clock.advance(TIME.total_seconds() + 1)
    if house.storage.checks.pending(older_than=TIME) == ():
        later(TIME + timedelta(seconds=1))
    assert house.rival.do_duties() > 0


class TestWaiting:
    def test_keeps_the_piece_and_is_told_again_as_often_as_asked(self, house):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        assert states(house, offer) == ["ordered"]
        assert confirm(house, receipt) == receipt
        assert house.rival.settle_payment(payment_of(house, receipt).id)["receipt"]["action"]
        assert ledger(house) == []

    def test_is_no_failure_of_the_worker(self, house, later):
        receipt = challenged(house)
        house.clock.advance(7)
        later(timedelta(seconds=7))
        assert drain_all(house) > 0
        assert house.failures == []
        assert view(house, receipt).state == "awaiting_payment"

    def test_is_a_legal_state_for_as_long_as_the_buyer_has(self, house, later):
        receipt = challenged(house)
        drain_all(house)
        later(TIME)
        drain_all(house)
        assert house.rival.verify() == ()
        later(timedelta(minutes=6))
        (found,) = house.rival.verify()
        assert (found.rule, found.id) == ("payment_pending", receipt.number)

    def test_of_a_cancelled_order_is_none(self, house, later):
        receipt = challenged(house)
        house.steps.at("gateway.authorise:before", away)
        cancel(house, receipt)
        later(timedelta(minutes=6))
        drain_all(house)
        assert house.rival.verify() == ()
        assert view(house, receipt).payment == "declined"

    def test_is_nobody_elses(self, house):
        receipt = challenged(house)
        for other in (Shopper(), Shopper(guest_hash="0" * 64)):
            with pytest.raises(NotFound):
                confirm(house, receipt, other)

    def test_goes_on_when_the_gateway_is_silent(self, house):
        receipt = challenged(house)
        house.steps.at("gateway.authorise:before", away)
        asked = confirm(house, receipt)
        assert (asked.state, asked.action) == ("awaiting_payment", None)
        assert confirm(house, receipt) == receipt


class TestARepetition:
    def test_of_the_request_tells_how_it_stands(self, house):
        command = order_of((an_offer(house), 1), card=CHALLENGE, key=a_key())
        first = house.shop.place_order(command)
        assert house.shop.place_order(command) == first
        bank(house, first)
        assert house.shop.place_order(command).state == "paid"
        ship(house, first)
        assert house.shop.place_order(command).state == "shipped"

    def test_after_a_refusal_is_refused(self, house):
        command = order_of((an_offer(house), 1), card=CHALLENGE, key=a_key())
        first = house.shop.place_order(command)
        bank(house, first, approved=False)
        refused = told(house.shop.place_order, command)
        assert refused[0] == "payment_declined"
        assert told(house.shop.place_order, command) == refused

    def test_while_the_gateway_is_silent_has_no_action(self, house):
        command = order_of((an_offer(house), 1), card=CHALLENGE, key=a_key())
        first = house.shop.place_order(command)
        house.steps.at("gateway.authorise:before", away)
        again = house.shop.place_order(command)
        assert (again.number, again.state, again.action) == (first.number, first.state, None)

    def test_after_a_crash_waits_for_the_worker(self, house, later):
        command = order_of((an_offer(house), 1), card=CHALLENGE, key=a_key())
        house.steps.crash("gateway.authorise:after")
        with pytest.raises(Crash):
            house.shop.place_order(command)
        assert told(house.shop.place_order, command)[0] == InProgress.code
        house.clock.advance(7)
        later(timedelta(seconds=7))
        drain_all(house)
        assert house.shop.place_order(command).action is not None


class TestConfirming:
    def test_pays(self, house):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        bank(house, receipt)
        paid = confirm(house, receipt)
        assert (paid.state, paid.action) == ("paid", None)
        assert states(house, offer) == ["sold"]
        assert ledger(house) == ["authorised"]
        assert house.rival.verify() == ()

    def test_in_vain_declines(self, house):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        bank(house, receipt, approved=False)
        with pytest.raises(PaymentDeclined) as refused:
            confirm(house, receipt)
        assert refused.value.details["reason"] == "authentication_failed"
        assert states(house, offer) == ["free"]

    def test_without_coming_back_is_found_by_the_worker(self, house, later):
        receipt = challenged(house)
        bank(house, receipt)
        house.clock.advance(61)
        later(timedelta(seconds=61))
        house.rival.do_duties()
        assert view(house, receipt).state == "paid"

    def test_a_shipped_order_again_says_so(self, house):
        receipt = challenged(house)
        bank(house, receipt)
        confirm(house, receipt)
        ship(house, receipt)
        assert confirm(house, receipt).state == "shipped"
        assert ledger(house) == ["authorised", "captured"]

    def test_by_many_at_once_records_one_answer(self, house):
        receipt = challenged(house)
        bank(house, receipt)
        payment = payment_of(house, receipt)
        outcomes = race([lambda: house.rival.settle_payment(payment.id)] * 8)
        assert len(answers(outcomes)) == 8, outcomes
        assert [entry.state for entry in view(house, receipt).timeline] == [
            "awaiting_payment",
            "paid",
        ]


class TestGivingUp:
    def test_a_buyer_who_never_confirms_keeps_nothing(self, house, later):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        expire(house, later)
        order = view(house, receipt)
        assert (order.state, order.payment) == ("cancelled", "declined")
        assert states(house, offer) == ["free"]
        assert buy(house, offer).state == "paid"
        drain_all(house)
        assert subjects(house)[0] == f"Order {receipt.number} was cancelled"
        assert house.rival.verify() == ()
        with pytest.raises(KeyError):
            bank(house, receipt)

    def test_waits_as_long_as_it_says(self, house, later):
        offer = an_offer(house)
        challenged(house, offer)
        house.clock.advance(TIME.total_seconds() - 60)
        if house.storage.checks.pending(older_than=TIME - timedelta(minutes=2)) == ():
            later(TIME - timedelta(minutes=1))
        house.rival.do_duties()
        assert states(house, offer) == ["ordered"]

    def test_asks_the_gateway_a_last_time_before(self, house, later):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        bank(house, receipt)
        expire(house, later)
        assert view(house, receipt).state == "paid"
        assert states(house, offer) == ["sold"]

    def test_gives_nobody_up_who_paid_while_the_worker_decided(self, house):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        payment = payment_of(house, receipt)

        def paid_after_all():
            bank(house, receipt)
            house.rival.settle_payment(payment.id)

        house.steps.at("gateway.authorise:after", paid_after_all)
        p = house.shop.ports
        expire_payment(
            payment.id, begin=house.shop.begin, gateway=p.gateway, clock=p.clock, terms=p.terms
        )
        assert view(house, receipt).state == "paid"
        assert states(house, offer) == ["sold"]

    def test_leaves_a_silent_gateway_alone(self, house, later, monkeypatch):
        offer = an_offer(house)
        challenged(house, offer)
        monkeypatch.setattr(house.gateway, "authorise", lambda **_: away())
        expire(house, later)
        assert states(house, offer) == ["ordered"]

    def test_gives_back_what_was_confirmed_meanwhile(self, house):
        """Between the last question and the gateway's hearing that nobody waits any more."""
        offer = an_offer(house)
        receipt = challenged(house, offer)
        house.steps.at("gateway.void:before", lambda: bank(house, receipt))
        cancel(house, receipt)
        assert view(house, receipt).payment == "voided"
        assert states(house, offer) == ["free"]
        assert ledger(house) == ["authorised", "voided"]
        assert house.rival.verify() == ()

    def test_heeds_a_payment_that_was_recorded_meanwhile(self, house):
        receipt = challenged(house)
        payment = payment_of(house, receipt)

        def paid_after_all():
            bank(house, receipt)
            house.rival.settle_payment(payment.id)

        house.steps.at("gateway.authorise:after", paid_after_all)
        assert confirm(house, receipt).state == "paid"
        assert ledger(house) == ["authorised"]

    def test_by_the_buyer_or_staff_withdraws_the_question(self, house):
        offer = an_offer(house)
        receipt = challenged(house, offer)
        assert cancel(house, receipt).state == "cancelled"
        assert view(house, receipt).payment == "declined"
        assert states(house, offer) == ["free"]
        assert house.rival.verify() == ()

    def test_of_a_gateway_that_will_not_is_repeated_later(self, house, monkeypatch):
        receipt = challenged(house)
        with monkeypatch.context() as stubborn:
            still = GatewayPending(payment_of(house, receipt).reference, "secret")
            stubborn.setattr(house.gateway, "authorise", lambda **_: still)
            cancel(house, receipt)
            assert payment_of(house, receipt).state == "authorising"
            with pytest.raises(GatewayUnavailable):
                house.rival.settle_payment(payment_of(house, receipt).id)
        house.rival.settle_payment(payment_of(house, receipt).id)
        assert view(house, receipt).payment == "declined"
