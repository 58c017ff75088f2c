"""A return that was inspected ends, whatever was paid back before and whatever the bank says."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    an_offer,
    buy,
    decide,
    deliver,
    drain_all,
    inspect,
    ledger,
    refund,
    send_back,
    ship,
    states,
    subjects,
    view,
)

from watchstore.domain import Money, OrderNumber, ReturnId
from watchstore.domain.errors import IllegalTransition, NotFound
from watchstore.service_layer.commands import RepayReturn, Wanted
from watchstore.service_layer.ports import GatewayUnavailable


def away():
    raise GatewayUnavailable("no answer")


@pytest.fixture
def received(house):
    """One of two watches is on the watchmaker's table."""
    offer = an_offer(house, 2)
    receipt = buy(house, offer, 2)
    ship(house, receipt)
    deliver(house, receipt)
    returned = send_back(house, receipt, Wanted(offer))
    decide(house, receipt, returned, "approved")
    decide(house, receipt, returned, "received")
    return offer, receipt, returned


def repay(house, receipt, return_id):
    command = RepayReturn(OrderNumber(receipt.number), return_id, "manager")
    return house.shop.repay_return(command)


def gateway_calls(house):
    return [step for step in house.steps.seen if step.startswith("gateway.")]


def credited(house, receipt):
    with house.storage.begin() as uow:
        order = uow.orders.find(OrderNumber(receipt.number))
        notes = [uow.papers.credit_note_of(one.id) for one in uow.refunds.of_order(order.id)]
    return [note.total.amount for note in notes]


class TestWhenAllWasPaidBack:
    @pytest.mark.parametrize(("restock", "state"), [(True, "free"), (False, "withdrawn")])
    def test_it_is_closed_without_another_refund(self, house, received, restock, state):
        offer, receipt, returned = received
        refund(house, receipt)
        calls = gateway_calls(house)

        answer = inspect(house, receipt, returned, restock=restock)

        assert (answer.state, answer.restocked) == ("refunded", restock)
        assert states(house, offer) == sorted([state, "sold"])
        order = view(house, receipt)
        assert order.timeline[-1].note == "return refunded"
        assert [row.state for row in order.returns] == ["refunded"]
        assert [row.refunded_amount for row in order.refunds] == [1_160_000]
        assert gateway_calls(house) == calls
        assert credited(house, receipt) == [1_160_000]
        drain_all(house)
        assert house.rival.verify() == ()

    def test_the_buyer_is_told(self, house, received):
        _, receipt, returned = received
        refund(house, receipt)
        inspect(house, receipt, returned, note="like new")
        drain_all(house)
        assert subjects(house)[-1] == f"Your return of order {receipt.number}"
        text = house.mailer.sent[-1].text
        assert "went back to your card before" in text
        assert "like new" in text

    def test_it_is_over(self, house, received):
        offer, receipt, returned = received
        refund(house, receipt)
        inspect(house, receipt, returned)
        for again in (inspect, repay):
            with pytest.raises(IllegalTransition):
                again(house, receipt, returned)
        send_back(house, receipt, Wanted(offer))
        assert buy(house, an_offer(house)).state == "paid"


class TestWhenApartWasPaidBack:
    def test_it_is_paid_the_rest(self, house, received):
        _, receipt, returned = received
        refund(house, receipt, amount=Money.of("11500", "USD"))
        house.clock.advance(1)

        assert inspect(house, receipt, returned).state == "refunded"

        order = view(house, receipt)
        assert [(row.refunded_amount, row.pieces) for row in order.refunds] == [
            (1_150_000, 0),
            (10_000, 1),
        ]
        assert order.refunded_amount == order.amount
        assert credited(house, receipt) == [1_150_000, 10_000]
        assert ledger(house).count("refunded") == 2


class TestRepaying:
    def test_is_for_what_was_refused_alone(self, house, received):
        _, receipt, returned = received
        for _ in range(2):
            with pytest.raises(IllegalTransition) as refusal:
                repay(house, receipt, returned)
        assert refusal.value.details == {"state": "received"}
        inspect(house, receipt, returned)
        with pytest.raises(IllegalTransition):
            repay(house, receipt, returned)
        assert ledger(house).count("refunded") == 1

    def test_waits_for_the_answer_to_the_first_refund(self, house, received, later):
        _, receipt, returned = received
        house.steps.at("gateway.refund:before", away)
        assert inspect(house, receipt, returned).state == "accepted"
        with pytest.raises(IllegalTransition):
            repay(house, receipt, returned)
        later(timedelta(seconds=6))
        drain_all(house)
        assert [row.state for row in view(house, receipt).returns] == ["refunded"]
        assert ledger(house).count("refunded") == 1

    def test_is_of_a_return_of_the_order(self, house, received):
        _, receipt, returned = received
        other = buy(house, an_offer(house))
        with pytest.raises(NotFound):
            repay(house, other, returned)
        with pytest.raises(NotFound):
            repay(house, receipt, ReturnId(house.entropy.new_id()))
