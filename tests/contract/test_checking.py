"""The cross-checks say the same over memory and over PostgreSQL."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    an_offer,
    buy,
    cancel,
    decide,
    deliver,
    drain_all,
    hold,
    inspect,
    order_of,
    payment_of,
    refund,
    send_back,
    ship,
    told,
)

from watchstore.domain import Money
from watchstore.service_layer.commands import NewPiece, ReceivePieces, Wanted
from watchstore.service_layer.ports import GatewayUnavailable
from watchstore.service_layer.relay import MOST_ATTEMPTS

NO_TIME = timedelta(0)


def found(house, **grace):
    return {(one.rule, one.id) for one in house.rival.verify(**grace)}


def a_busy_shop(house):
    offer = an_offer(house, pieces=12)
    shipped, cancelled = buy(house, offer), buy(house, offer, quantity=2)
    ship(house, shipped)
    cancel(house, cancelled)
    buy(house, offer)
    hold(house, offer)
    partly = buy(house, offer, quantity=2)
    ship(house, partly, Wanted(offer, 1))
    sent_back = buy(house, offer)
    ship(house, sent_back)
    deliver(house, sent_back)
    return_id = send_back(house, sent_back, Wanted(offer, 1))
    decide(house, sent_back, return_id, "approved")
    decide(house, sent_back, return_id, "received")
    inspect(house, sent_back, return_id, restock=True)
    refund(house, shipped, amount=Money.of("10", "USD"))
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


@pytest.mark.breaks("delivery_parked")
def test_a_parked_delivery_is_one_at_once(house, later, monkeypatch):
    monkeypatch.setattr(house.mailer, "send", lambda _mail: 1 / 0)
    buy(house, an_offer(house))
    for _ in range(MOST_ATTEMPTS):
        house.rival.drain()
        later(timedelta(minutes=20))
    assert "delivery_parked" in {rule for rule, _ in found(house)}


@pytest.mark.parametrize(
    "act",
    [
        pytest.param("void", marks=pytest.mark.breaks("voided"), id="void"),
        pytest.param("capture", marks=pytest.mark.breaks("captured_amount"), id="capture"),
    ],
)
def test_what_was_done_at_the_gateway_alone_is_one(house, act):
    receipt = buy(house, an_offer(house))
    payment = payment_of(house, receipt)
    more = {"amount": payment.amount} if act == "capture" else {}
    getattr(house.gateway, act)(key="by-hand", reference=payment.reference, **more)
    rule = {"void": "voided", "capture": "captured_amount"}[act]
    assert found(house) == {(rule, receipt.number)}


@pytest.mark.breaks("charged_twice", "charge_amount", "charge_without_order")
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


@pytest.mark.breaks("refunded_amount")
def test_a_refund_that_the_gateway_alone_knows_is_one(house):
    receipt = buy(house, an_offer(house))
    ship(house, receipt)
    refund(house, receipt, amount=Money.of("10", "USD"))
    reference = payment_of(house, receipt).reference
    assert found(house) == set()
    house.gateway.refund(key="by-hand", reference=reference, amount=Money.of("1", "USD"))
    assert found(house) == {("refunded_amount", receipt.number)}


def test_a_refund_without_an_answer_is_pending(house, later, monkeypatch):
    receipt = buy(house, an_offer(house))
    ship(house, receipt)

    def silence(**_):
        raise GatewayUnavailable("no answer")

    monkeypatch.setattr(house.gateway, "refund", silence)
    refund(house, receipt)
    pending = house.storage.checks.pending_refunds
    assert pending(older_than=timedelta(minutes=1)) == ()
    later(timedelta(minutes=6))
    (refund_id,) = pending(older_than=timedelta(minutes=1))
    assert ("refund_pending", str(refund_id)) in found(house)


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
