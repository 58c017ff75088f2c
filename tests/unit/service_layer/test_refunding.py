"""Refunds: what was charged goes back once, in parts or whole, whoever dies meanwhile."""

import pytest
from tests.harness.language import (
    a_key,
    an_offer,
    buy,
    cancel,
    drain_all,
    ledger,
    order_of,
    payment_of,
    refund,
    ship,
    subjects,
    view,
)
from tests.harness.steps import Crash, away

from watchstore.domain import Delivery, Money, OrderNumber
from watchstore.domain.errors import (
    Conflict,
    IllegalTransition,
    InvalidValue,
    KeyReused,
    MixedCurrency,
    NotFound,
    RefundTooLarge,
)
from watchstore.service_layer.commands import RefundOrder, Wanted


@pytest.fixture
def sold(house):
    """Two watches of 5,800 USD, charged and on their way."""
    offer = an_offer(house, 2)
    receipt = buy(house, offer, 2)
    ship(house, receipt)
    drain_all(house)
    return offer, receipt


def given_back(house):
    return [entry.amount.amount for entry in house.gateway.entries if entry.kind == "refunded"]


class TestWhatIsGivenBack:
    def test_all_of_it(self, house, sold):
        _, receipt = sold
        answer = refund(house, receipt, reason="goodwill")
        assert (answer.state, answer.refunded_amount, answer.currency) == ("done", 1160000, "USD")
        order = view(house, receipt)
        assert (order.state, order.refunded_amount) == ("shipped", 1160000)
        assert [(row.state, row.pieces, row.reason) for row in order.refunds] == [
            ("done", 0, "goodwill")
        ]
        assert [entry.note for entry in order.timeline[-2:]] == [
            "refund of 11,600.00 USD asked for: goodwill",
            "refunded 11,600.00 USD",
        ]
        assert ledger(house) == ["authorised", "captured", "refunded"]

    def test_an_amount_and_then_the_rest(self, house, sold):
        _, receipt = sold
        refund(house, receipt, amount=Money.of(100, "USD"))
        assert refund(house, receipt).refunded_amount == 1150000
        with pytest.raises(RefundTooLarge) as refusal:
            refund(house, receipt)
        assert refusal.value.details == {"amount": 0, "currency": "USD"}
        assert given_back(house) == [10000, 1150000]

    def test_what_a_piece_cost_but_each_piece_once(self, house, sold):
        offer, receipt = sold
        for _ in range(2):
            answer = refund(house, receipt, lines=(Wanted(offer),))
            assert answer.refunded_amount == 580000
        with pytest.raises(Conflict) as refusal:
            refund(house, receipt, lines=(Wanted(offer),))
        assert refusal.value.details == {"offer_id": str(offer), "left": 0}
        assert sum(given_back(house)) == 1160000

    def test_lines_are_shares_of_what_was_paid_delivery_apart(self, house):
        one, two = an_offer(house, price="100"), an_offer(house, price="50")
        receipt = house.shop.place_order(order_of((one, 1), (two, 1), delivery=Delivery.EXPRESS))
        ship(house, receipt)
        assert refund(house, receipt, lines=(Wanted(two), Wanted(one))).refunded_amount == 15000
        assert refund(house, receipt).refunded_amount == 4500

    def test_the_buyer_is_told(self, house, sold):
        _, receipt = sold
        refund(house, receipt, amount=Money.of(100, "USD"), reason="a scratch")
        drain_all(house)
        assert subjects(house)[-1] == f"A refund for order {receipt.number}"
        mail = house.mailer.sent[-1]
        assert "$100.00 back to your card" in mail.text
        assert "Reason: a scratch" in mail.text
        assert [file.name for file in mail.attachments] == ["Credit note C2026-000001.txt"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("wanted", "refusal"),
        [
            ({"amount": Money.of(11601, "USD")}, RefundTooLarge),
            ({"amount": Money.of(1, "EUR")}, MixedCurrency),
            ({"amount": Money.of(0, "USD")}, InvalidValue),
            ({"amount": Money.of(-1, "USD")}, InvalidValue),
            ({"reason": "x" * 201}, InvalidValue),
        ],
    )
    def test_move_nothing(self, house, sold, wanted, refusal):
        _, receipt = sold
        before = view(house, receipt)
        with pytest.raises(refusal):
            refund(house, receipt, **wanted)
        assert view(house, receipt) == before
        assert given_back(house) == []

    def test_pieces_of_no_line_of_it(self, house, sold):
        with pytest.raises(Conflict):
            refund(house, sold[1], lines=(Wanted(an_offer(house)),))
        with pytest.raises(InvalidValue):
            refund(house, sold[1], lines=(Wanted(sold[0]),), amount=Money.of(1, "USD"))

    @pytest.mark.parametrize("state", ["awaiting_payment", "paid", "cancelled"])
    def test_what_was_never_charged(self, house, state):
        card = "tok_timeout" if state == "awaiting_payment" else "tok_accepted"
        receipt = buy(house, an_offer(house), card=card)
        if state == "cancelled":
            cancel(house, receipt)
        for wanted in ({}, {"amount": Money.of(1, "USD")}):
            with pytest.raises(IllegalTransition):
                refund(house, receipt, **wanted)

    def test_an_unknown_order(self, house):
        with pytest.raises(NotFound):
            house.shop.refund_order(RefundOrder(OrderNumber("WS-0000000000"), by="manager"))

    @pytest.mark.breaks("refunded_amount")
    def test_by_the_gateway_leave_the_money_refundable(self, house, sold):
        _, receipt = sold
        reference = payment_of(house, receipt).reference
        house.gateway.refund(key="by-hand", reference=reference, amount=Money.of(11000, "USD"))

        answer = refund(house, receipt)

        assert (answer.state, answer.refusal) == ("refused", "exceeds_captured")
        assert payment_of(house, receipt).refunded == 0
        assert view(house, receipt).timeline[-1].note.endswith("refused: exceeds_captured")
        assert refund(house, receipt, amount=Money.of(600, "USD")).state == "done"


class TestOnce:
    def test_one_key_is_one_refund(self, house, sold):
        _, receipt = sold
        wanted = {"amount": Money.of(100, "USD"), "key": a_key()}
        first = refund(house, receipt, **wanted)
        assert refund(house, receipt, **wanted) == first
        assert given_back(house) == [10000]
        with pytest.raises(KeyReused):
            refund(house, receipt, amount=Money.of(100, "USD"), key=a_key(body="other"))

    @pytest.mark.parametrize("step", ["gateway.refund:before", "gateway.refund:after"])
    def test_a_crash_around_the_call_is_completed_with_the_same_key(self, house, sold, step):
        _, receipt = sold
        house.steps.crash(step)
        with pytest.raises(Crash):
            refund(house, receipt, amount=Money.of(100, "USD"))
        (row,) = view(house, receipt).refunds
        assert row.state == "pending"
        assert payment_of(house, receipt).refunded == 10000

        house.clock.advance(6)
        drain_all(house)

        assert [row.state for row in view(house, receipt).refunds] == ["done"]
        assert given_back(house) == [10000]
        assert house.failures == []

    def test_while_the_gateway_is_away_it_waits_and_counts(self, house, sold):
        _, receipt = sold
        house.steps.at("gateway.refund:before", away)
        assert refund(house, receipt).state == "pending"
        with pytest.raises(RefundTooLarge):
            refund(house, receipt)
        house.clock.advance(6)
        drain_all(house)
        assert [row.state for row in view(house, receipt).refunds] == ["done"]
        assert given_back(house) == [1160000]

    def test_the_worker_and_the_request_record_one_answer(self, house, sold):
        _, receipt = sold

        def worker():
            house.clock.advance(6)
            drain_all(house)

        house.steps.at("gateway.refund:after", worker)
        assert refund(house, receipt).state == "done"
        assert given_back(house) == [1160000]
        notes = [entry.note for entry in view(house, receipt).timeline]
        assert notes.count("refunded 11,600.00 USD") == 1
