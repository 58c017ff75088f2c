"""A refusal is an answer: what is asked again after one is a new attempt, with a key of its own."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    an_offer,
    buy,
    cancel,
    drain_all,
    ledger,
    payment_of,
    ship,
    view,
)
from tests.harness.steps import Crash
from tests.support.webhooks import answered, event, notice

from watchstore.domain import Operation
from watchstore.service_layer.ports import GatewayUnavailable


def away():
    raise GatewayUnavailable("no answer")


def keys(house, operation):
    return [key.partition(":")[2] for key in house.gateway._answers if f":{operation}" in key]


@pytest.fixture
def blocked(house):
    """The card was blocked after it was authorised."""
    receipt = buy(house, an_offer(house), card="tok_blocked")
    assert receipt.state == "paid"
    return receipt


class TestACapture:
    def test_that_was_refused_is_asked_for_anew(self, house, blocked):
        assert ship(house, blocked).state == "paid"
        assert view(house, blocked).timeline[-1].note == "capture refused: card_blocked"

        assert ship(house, blocked).state == "shipped"

        assert keys(house, "capture") == ["capture", "capture:2"]
        assert ledger(house) == ["authorised", "captured"]
        assert payment_of(house, blocked).refusals == 1

    def test_that_was_refused_leaves_an_order_to_be_cancelled(self, house, blocked):
        ship(house, blocked)
        assert cancel(house, blocked).state == "cancelled"
        assert view(house, blocked).payment == "voided"
        assert ledger(house) == ["authorised", "voided"]

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_without_an_answer_is_repeated_with_its_key(self, house, blocked, later, when):
        ship(house, blocked)
        house.steps.at(f"gateway.capture:{when}", away)
        assert ship(house, blocked).state == "dispatching"
        later(timedelta(seconds=6))
        drain_all(house)
        assert view(house, blocked).state == "shipped"
        assert keys(house, "capture") == ["capture", "capture:2"]

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_whose_refusal_was_lost_is_told_the_same_again(self, house, blocked, later, when):
        house.steps.crash(f"gateway.capture:{when}")
        with pytest.raises(Crash):
            ship(house, blocked)
        later(timedelta(seconds=6))
        drain_all(house)
        assert (view(house, blocked).state, keys(house, "capture")) == ("paid", ["capture"])

    def test_is_not_answered_by_the_refusal_of_the_one_before(self, house, blocked):
        """A slow clerk hears of the refusal when another has tried again, without an answer."""

        def another_clerk():
            house.rival.settle_payment(payment_of(house, blocked).id)
            house.steps.at("gateway.capture:after", away)
            assert ship(house, blocked).state == "dispatching"

        house.steps.at("gateway.capture:after", another_clerk)
        assert ship(house, blocked).state == "shipped"
        states = [entry.state for entry in view(house, blocked).timeline]
        assert states == [
            *("awaiting_payment", "paid", "dispatching", "paid"),
            *("dispatching", "shipped"),
        ]

    @pytest.fixture
    def twice(self, house, blocked):
        """Refused, and asked for anew without an answer; with the key of the first attempt."""
        first = payment_of(house, blocked).key(Operation.CAPTURE)
        ship(house, blocked)
        house.steps.at("gateway.capture:after", away)
        ship(house, blocked)
        return blocked, first

    def test_heeds_no_late_notice_of_the_attempt_before(self, house, twice):
        receipt, first = twice
        reference = payment_of(house, receipt).reference
        late = event(first, reference=reference, outcome="declined", reason="card_blocked")
        house.rival.take_notice(notice(house, late))
        assert (view(house, receipt).state, payment_of(house, receipt).refusals) == ("shipped", 1)

    def test_heeds_the_notice_of_its_own(self, house, twice):
        receipt, _ = twice
        house.rival.take_notice(answered(house, payment_of(house, receipt), Operation.CAPTURE))
        assert view(house, receipt).state == "shipped"


class TestAVoid:
    def test_that_is_refused_is_asked_for_again_and_again(self, house, later):
        """Somebody took the money in the gateway's own pages: the buyer's cancelling stands."""
        receipt = buy(house, an_offer(house))
        payment = payment_of(house, receipt)
        house.gateway.capture(key="by-hand", reference=payment.reference, amount=payment.amount)

        assert cancel(house, receipt).state == "cancelled"

        assert view(house, receipt).payment == "voiding"
        for _ in range(2):
            with pytest.raises(GatewayUnavailable, match="already_captured"):
                house.rival.settle_payment(payment.id)
        assert keys(house, "void") == ["void", "void:2", "void:3"]
        later(timedelta(seconds=1))
        assert {one.rule for one in house.rival.verify(grace=timedelta(0))} >= {"payment_pending"}
