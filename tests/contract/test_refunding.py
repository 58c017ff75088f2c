"""Refunds against every storage: however many ask at once, no more goes out than came in."""

from datetime import timedelta

from tests.harness.language import (
    an_offer,
    buy,
    drain_all,
    ledger,
    payment_of,
    refund,
    ship,
    subjects,
    view,
)
from tests.harness.racing import answers, race
from tests.harness.steps import away

from watchstore.domain import Money
from watchstore.domain.errors import RefundTooLarge
from watchstore.service_layer.commands import Wanted


def test_parts_and_the_rest_are_shown_oldest_first(house):
    offer = an_offer(house, 2)
    receipt = buy(house, offer, 2)
    ship(house, receipt)
    refund(house, receipt, lines=(Wanted(offer),), reason="a scratch")
    house.clock.advance(1)
    refund(house, receipt, amount=Money.of(100, "USD"))
    house.clock.advance(1)
    refund(house, receipt)
    order = view(house, receipt)
    assert [(row.refunded_amount, row.pieces, row.reason) for row in order.refunds] == [
        (580000, 1, "a scratch"),
        (10000, 0, ""),
        (570000, 0, ""),
    ]
    assert order.refunded_amount == order.amount
    drain_all(house)
    assert subjects(house).count(f"A refund for order {receipt.number}") == 3


def test_sixteen_at_once_take_out_no_more_than_came_in(house):
    receipt = buy(house, an_offer(house))
    ship(house, receipt)
    third = Money.of(1900, "USD")

    outcomes = race([lambda: refund(house, receipt, amount=third)] * 16)

    assert [answer.state for answer in answers(outcomes)] == ["done"] * 3
    assert sum(isinstance(each, RefundTooLarge) for each in outcomes) == 13
    assert payment_of(house, receipt).refunded == 570000
    assert ledger(house).count("refunded") == 3


def test_one_piece_is_paid_back_once_by_eight_at_once(house):
    offer = an_offer(house)
    receipt = buy(house, offer)
    ship(house, receipt)
    outcomes = race([lambda: refund(house, receipt, lines=(Wanted(offer),))] * 8)
    assert len(answers(outcomes)) == 1
    assert ledger(house).count("refunded") == 1


def test_a_refund_without_an_answer_is_completed_by_the_worker(house, later):
    receipt = buy(house, an_offer(house))
    ship(house, receipt)
    house.steps.at("gateway.refund:before", away)
    assert refund(house, receipt).state == "pending"
    later(timedelta(seconds=6))
    drain_all(house)
    assert [row.state for row in view(house, receipt).refunds] == ["done"]
