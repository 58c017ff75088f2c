"""Webhooks against every storage: whoever is first, one order, one charge, one effect."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from tests.harness.language import (
    a_key,
    an_offer,
    buy,
    cancel,
    drain_all,
    ledger,
    only_order,
    payment_of,
    refund,
    ship,
    states,
    view,
)
from tests.harness.racing import answers, race
from tests.harness.records import NOW
from tests.harness.steps import away
from tests.support.webhooks import answered, event, notice

from watchstore.domain import Operation, OrderNumber
from watchstore.domain.errors import DomainError, InvalidSignature, NotFound
from watchstore.service_layer.commands import TakeNotice


def only_payment(house):
    with house.storage.begin() as uow:
        order = uow.orders.find(OrderNumber(only_order(house).number))
        return uow.payments.of_order(order.id)


def entries(house, receipt):
    return [entry.state for entry in view(house, receipt).timeline]


class TestAuthorisation:
    def test_completes_an_order_whose_browser_got_no_answer(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer, card="tok_timeout")
        assert receipt.state == "awaiting_payment"
        house.rival.take_notice(answered(house, payment_of(house, receipt), Operation.AUTHORISE))
        assert (view(house, receipt).state, states(house, offer)) == ("paid", ["sold"])

    def test_that_comes_before_the_browser_records_is_recorded_once(self, house):
        def first():
            house.rival.take_notice(answered(house, only_payment(house), Operation.AUTHORISE))

        house.steps.at("gateway.authorise:after", first)
        receipt = buy(house, an_offer(house), key=a_key())
        assert receipt.state == "paid"
        assert entries(house, receipt) == ["awaiting_payment", "paid"]
        drain_all(house)
        assert [mail.subject for mail in house.mailer.sent] == [f"Your order {receipt.number}"]

    @pytest.mark.breaks("charged_though_declined")
    def test_refused_cancels(self, house):
        receipt = buy(house, an_offer(house), card="tok_timeout")
        command = answered(
            house,
            payment_of(house, receipt),
            Operation.AUTHORISE,
            outcome="declined",
            reason="insufficient_funds",
        )
        house.rival.take_notice(command)
        order = view(house, receipt)
        assert (order.state, order.payment) == ("cancelled", "declined")

    def test_of_a_cancelled_order_is_voided(self, house):
        receipt = buy(house, an_offer(house), card="tok_timeout")
        cancel(house, receipt)
        house.rival.take_notice(answered(house, payment_of(house, receipt), Operation.AUTHORISE))
        assert view(house, receipt).payment == "voided"
        assert ledger(house) == ["authorised", "voided"]


class TestAnyOrder:
    def test_late_ones_change_nothing(self, house):
        receipt = buy(house, an_offer(house))
        ship(house, receipt)
        refund(house, receipt)
        payment, before = payment_of(house, receipt), view(house, receipt)
        late = [
            answered(house, payment, operation, identity=f"evt_{operation}")
            for operation in (Operation.CAPTURE, Operation.AUTHORISE)
        ]
        (row,) = before.refunds
        late.append(notice(house, event(f"{row.id}:refund", identity="evt_r")))
        for command in late * 2:
            house.rival.take_notice(command)
        assert view(house, receipt) == before
        assert ledger(house) == ["authorised", "captured", "refunded"]

    @pytest.mark.breaks("captured_amount", "refunded_amount")
    def test_captures_and_refunds_are_completed_too(self, house):
        receipt = buy(house, an_offer(house))
        house.steps.at("gateway.capture:before", away)
        ship(house, receipt)
        payment = payment_of(house, receipt)
        house.rival.take_notice(answered(house, payment, Operation.CAPTURE))
        assert view(house, receipt).state == "shipped"

        house.steps.at("gateway.refund:before", away)
        asked = refund(house, receipt)
        house.rival.take_notice(notice(house, event(f"{asked.id}:refund", identity="evt_2")))
        assert [row.state for row in view(house, receipt).refunds] == ["done"]

    def test_of_nobody_are_ignored_and_of_nothing_refused(self, house):
        for key in ("", "x", "other:authorise", "5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11:steal"):
            house.rival.take_notice(notice(house, event(key)))
        for operation in ("authorise", "refund"):
            key = f"5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11:{operation}"
            with pytest.raises(NotFound):
                house.rival.take_notice(notice(house, event(key)))


class TestRaces:
    def test_browser_and_webhook_complete_one_order_at_once(self, house):
        for _ in range(100):
            offer = an_offer(house)
            receipt = buy(house, offer, card="tok_timeout")
            payment = payment_of(house, receipt)
            webhook = answered(house, payment, Operation.AUTHORISE, identity=f"evt_{payment.id}")

            outcomes = race(
                [
                    lambda payment=payment: house.rival.settle_payment(payment.id),
                    lambda webhook=webhook: house.rival.take_notice(webhook),
                ]
            )

            assert len(answers(outcomes)) == 2, outcomes
            assert entries(house, receipt) == ["awaiting_payment", "paid"]
            assert states(house, offer) == ["sold"]
        charges = Counter(entry.order_number for entry in house.gateway.entries)
        assert set(charges.values()) == {1}

    def test_a_hundred_equal_deliveries_act_once(self, house):
        receipt = buy(house, an_offer(house), card="tok_timeout")
        webhook = answered(house, payment_of(house, receipt), Operation.AUTHORISE)
        for _ in range(5):
            outcomes = race([lambda: house.rival.take_notice(webhook)] * 20)
            assert outcomes == [None] * 20
        assert entries(house, receipt) == ["awaiting_payment", "paid"]
        drain_all(house)
        assert len(house.mailer.sent) == 1
        assert ledger(house) == ["authorised"]


def test_what_was_heeded_long_ago_is_forgotten(storage, later):
    with storage.begin() as uow:
        assert uow.notices.add("test", "evt_1", NOW)
        assert not uow.notices.add("test", "evt_1", NOW)
        assert uow.notices.add("stripe", "evt_1", datetime.now(UTC))
        uow.commit()
    later(timedelta(seconds=1))
    assert storage.deliveries.tidy(older_than=timedelta(days=7)) == 1
    assert storage.deliveries.tidy(older_than=timedelta(days=7)) == 0
    with storage.begin() as uow:
        assert uow.notices.add("test", "evt_1", NOW)
        assert not uow.notices.add("stripe", "evt_1", NOW)


class TestWhoMaySend:
    def test_nobody_without_the_secret(self, house):
        receipt = buy(house, an_offer(house), card="tok_timeout")
        good = answered(house, payment_of(house, receipt), Operation.AUTHORISE)
        for headers in ({}, {"Gateway-Signature": "t=1,v1=00"}):
            with pytest.raises(InvalidSignature):
                house.rival.take_notice(TakeNotice("test", headers, good.body))
        with pytest.raises(NotFound):
            house.rival.take_notice(TakeNotice("stripe", good.headers, good.body))
        assert view(house, receipt).state == "awaiting_payment"

    @pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b'{"type": "request.answered"}'])
    def test_not_even_with_it_what_makes_no_sense(self, house, body):
        with pytest.raises(DomainError):
            house.rival.take_notice(notice(house, body))
