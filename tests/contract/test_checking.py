"""The cross-checks say the same over memory and over PostgreSQL."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    an_offer,
    buy,
    cancel,
    drain_all,
    hold,
    order_of,
    payment_of,
    ship,
    told,
)

from watchstore.domain import Money
from watchstore.service_layer.commands import NewPiece, ReceivePieces
from watchstore.service_layer.relay import MOST_ATTEMPTS

NO_TIME = timedelta(0)


def found(house, **grace):
    return {(one.rule, one.id) for one in house.rival.verify(**grace)}


def a_busy_shop(house):
    offer = an_offer(house, pieces=8)
    shipped, cancelled = buy(house, offer), buy(house, offer, quantity=2)
    ship(house, shipped)
    cancel(house, cancelled)
    buy(house, offer)
    hold(house, offer)
    told(house.shop.place_order, order_of((offer, 1), card="tok_declined"))
    drain_all(house)
    return offer


def test_a_healthy_shop_has_no_differences(house):
    offer = a_busy_shop(house)
    buy(house, offer, card="tok_timeout")
    house.rival.receive_pieces(ReceivePieces(offer, (NewPiece(),)))
    assert found(house) == set()


def test_a_pending_payment_is_one_after_the_grace(house, later):
    receipt = buy(house, an_offer(house), card="tok_timeout")
    assert found(house) == set()
    later(timedelta(minutes=6))
    assert ("payment_pending", receipt.number) in found(house)
    ids = house.storage.checks.pending(older_than=timedelta(minutes=1))
    assert ids == (payment_of(house, receipt).id,)


def test_an_overdue_delivery_is_one(house, later):
    buy(house, an_offer(house))
    later(timedelta(seconds=1))
    assert {rule for rule, _ in found(house, grace=NO_TIME)} == {"delivery_overdue"}
    drain_all(house)
    assert found(house, grace=timedelta(seconds=1)) == set()


def test_a_parked_delivery_is_one_at_once(house, later, monkeypatch):
    monkeypatch.setattr(house.mailer, "send", lambda _mail: 1 / 0)
    buy(house, an_offer(house))
    for _ in range(MOST_ATTEMPTS):
        house.rival.drain()
        later(timedelta(minutes=20))
    assert "delivery_parked" in {rule for rule, _ in found(house)}


@pytest.mark.parametrize("act", ["void", "capture"])
def test_what_was_done_at_the_gateway_alone_is_one(house, act):
    receipt = buy(house, an_offer(house))
    payment = payment_of(house, receipt)
    more = {"amount": payment.amount} if act == "capture" else {}
    getattr(house.gateway, act)(key="by-hand", reference=payment.reference, **more)
    rule = {"void": "voided", "capture": "captured_amount"}[act]
    assert found(house) == {(rule, receipt.number)}


def test_a_second_charge_is_one_and_a_charge_for_nothing_too(house):
    receipt = buy(house, an_offer(house))
    price = Money.of("1", "USD")
    for key, number in (("a", receipt.number), ("b", "WS-0000000000")):
        answer = house.gateway.authorise(
            key=key, amount=price, card="tok_accepted", order_number=number
        )
    assert found(house) == {
        ("charged_twice", receipt.number),
        ("charge_amount", receipt.number),
        ("charge_without_order", answer.reference),
    }


def test_payments_are_paged_by_order_number(house):
    offer = an_offer(house, pieces=3)
    numbers = sorted(buy(house, offer).number for _ in range(3))
    checks = house.storage.checks
    first = checks.payments(limit=2)
    rest = checks.payments(after=first[-1].order_number, limit=2)
    assert [one.order_number for one in (*first, *rest)] == numbers
    assert checks.payments(after=numbers[-1]) == ()
    assert checks.payment(numbers[0]) == first[0]
    assert checks.payment("WS-0000000000") is None
