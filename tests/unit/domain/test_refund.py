"""Money out is never more than money in, whatever is asked in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.harness.records import NOW, PRICE, a_payment, a_watch, an_offer, an_order

from watchstore.domain import (
    Money,
    Operation,
    OrderLine,
    PaymentState,
    PieceId,
    PriceSheet,
    Refund,
    RefundId,
    RefundState,
)
from watchstore.domain.errors import (
    IllegalTransition,
    InvalidValue,
    MixedCurrency,
    RefundTooLarge,
)

ONE, TWO, THREE = (PieceId(UUID(int=number)) for number in (1, 2, 3))
OFFER = an_offer(a_watch())
ORDER = an_order(OFFER, ONE, TWO)
AUTHORISED = a_payment(ORDER).answered(Operation.AUTHORISE, approved=True, reference="ref")
CAPTURED = AUTHORISED.capture().answered(Operation.CAPTURE, approved=True, reference="ref")
USD = PRICE.currency


def usd(amount: int) -> Money:
    return Money(amount, USD)


def a_refund(amount: int = 100, **more: object) -> Refund:
    refund = Refund(
        RefundId(UUID(int=9)), ORDER.id, CAPTURED.id, usd(amount), NOW, "manager@example.com"
    )
    return replace(refund, **more)


class TestPayment:
    @given(st.lists(st.tuples(st.integers(1, 2_000_000), st.booleans()), max_size=20))
    def test_gives_back_at_most_what_it_took(self, asked):
        payment, out = CAPTURED, 0
        for amount, approved in asked:
            left = payment.amount.amount - out
            if amount > left:
                with pytest.raises(RefundTooLarge) as refusal:
                    payment.refund(usd(amount))
                assert refusal.value.details["amount"] == left
                continue
            payment = payment.refund(usd(amount))
            if approved:
                out += amount
            else:
                payment = payment.keep(usd(amount))
            assert payment.refunded == out <= payment.captured.amount
            assert payment.refundable.amount + out == payment.captured.amount

    def test_gives_back_everything_once(self):
        emptied = CAPTURED.refund(CAPTURED.rest())
        assert emptied.refunded == CAPTURED.amount.amount
        with pytest.raises(RefundTooLarge):
            emptied.rest()
        with pytest.raises(RefundTooLarge):
            emptied.refund(usd(1))

    @pytest.mark.parametrize("state", sorted({*PaymentState} - {PaymentState.CAPTURED}))
    def test_gives_nothing_back_before_it_took(self, state):
        payment = replace(CAPTURED, state=state)
        assert not payment.captured
        with pytest.raises(IllegalTransition):
            payment.refund(usd(1))
        with pytest.raises(IllegalTransition):
            payment.rest()

    def test_is_never_built_with_more_out_than_in(self):
        for payment, refunded in (
            (CAPTURED, PRICE.amount * 2 + 1),
            (CAPTURED, -1),
            (AUTHORISED, 1),
        ):
            with pytest.raises(InvalidValue):
                replace(payment, refunded=refunded)

    def test_knows_its_currency(self):
        with pytest.raises(MixedCurrency):
            CAPTURED.refund(Money.of(1, "EUR"))


class TestRefund:
    def test_has_one_key_for_all_its_repetitions(self):
        refund = a_refund()
        assert refund.key == refund.answered(approved=True).key
        assert refund.key != a_refund(id=RefundId(UUID(int=10))).key
        assert refund.key not in {CAPTURED.key(operation) for operation in Operation}

    def test_is_answered_once(self):
        done = a_refund().answered(approved=True, reason="ignored")
        refused = a_refund().answered(approved=False, reason="exceeds_captured")
        assert (done.state, done.refusal, done.counts) == (RefundState.DONE, None, True)
        assert (refused.refusal, refused.counts) == ("exceeds_captured", False)
        for answered in (done, refused):
            with pytest.raises(IllegalTransition):
                answered.answered(approved=True)

    @pytest.mark.parametrize("amount", [0, -1])
    def test_is_of_something(self, amount):
        with pytest.raises(InvalidValue):
            a_refund(amount)


class TestWhatAPieceCost:
    @given(
        prices=st.lists(st.integers(1, 10**9), min_size=1, max_size=5),
        discount=st.integers(0, 99),
        delivery=st.integers(0, 5000),
    )
    def test_adds_up_to_everything_but_the_delivery(self, prices, discount, delivery):
        """Whatever a voucher took off, the pieces share it to the last cent."""
        pieces = [PieceId(UUID(int=number)) for number in range(1, len(prices) + 1)]
        line = ORDER.lines[0]
        lines = tuple(
            replace(line, unit_price=usd(price), pieces=(piece,))
            for price, piece in zip(prices, pieces, strict=True)
        )
        off = discount * sum(prices) // 100
        paid = sum(prices) - off
        sheet = PriceSheet(usd(sum(prices)), usd(delivery), usd(off), usd(0))
        order = replace(ORDER, lines=lines, prices=sheet)
        assert sum(order.price_of([piece]).amount for piece in pieces) == paid
        assert order.price_of(pieces) == order.prices.total - usd(delivery)

    def test_is_the_unit_price_where_nothing_was_taken_off(self):
        other = OrderLine(
            OFFER.id, OFFER.watch_id, "B", "R", "N", OFFER.condition, usd(700), (THREE,)
        )
        order = replace(
            ORDER,
            lines=(*ORDER.lines, other),
            prices=PriceSheet.plain(PRICE * 2 + usd(700), usd(4500)),
        )
        assert order.price_of([TWO]) == PRICE
        assert order.price_of([THREE, ONE]) == PRICE + usd(700)
        assert order.price_of([]) == usd(0)

    def test_a_note_changes_nothing_but_the_timeline(self):
        at = datetime(2026, 4, 1, tzinfo=UTC)
        noted = ORDER.noted("refunded 1.00 USD", at, by="gateway")
        assert replace(noted, timeline=ORDER.timeline) == ORDER
        entry = noted.timeline[-1]
        assert (entry.at, entry.state, entry.by) == (at, ORDER.state, "gateway")
