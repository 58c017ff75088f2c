"""After the sale: shipping takes the money, cancelling gives it back."""

import pytest
from tests.harness.language import (
    GUEST,
    PARCEL,
    a_customer,
    a_key,
    an_offer,
    buy,
    cancel,
    drain_all,
    ledger,
    only_order,
    payment_of,
    ship,
    states,
    subjects,
    told,
    view,
)
from tests.harness.steps import Crash, away

from watchstore.domain import OrderNumber, PaymentId
from watchstore.domain.errors import IllegalTransition, NotFound
from watchstore.service_layer.commands import CancelOrder, ShipOrder, Shopper
from watchstore.service_layer.ports import GatewayUnavailable

NOBODYS = OrderNumber("WS-0000000000")


class TestShipping:
    def test_takes_the_money_and_tells_the_buyer(self, house):
        receipt = buy(house, an_offer(house))

        shipped = ship(house, receipt)

        order = view(house, receipt)
        assert (shipped.state, order.state, order.payment) == ("shipped", "shipped", "captured")
        assert (order.carrier, order.tracking) == ("DHL", "JD0001")
        assert [entry.state for entry in order.timeline] == [
            "awaiting_payment",
            "paid",
            "dispatching",
            "shipped",
        ]
        assert ledger(house) == ["authorised", "captured"]
        drain_all(house)
        assert subjects(house)[-1] == f"Order {receipt.number} is on its way"
        assert "JD0001" in house.mailer.sent[-1].text

    def test_an_unknown_order_is_refused(self, house):
        with pytest.raises(NotFound):
            house.shop.ship_order(ShipOrder(NOBODYS, PARCEL, by="clerk"))

    @pytest.mark.parametrize("state", ["awaiting_payment", "cancelled", "shipped"])
    def test_needs_a_paid_order(self, house, state):
        card = "tok_timeout" if state == "awaiting_payment" else "tok_accepted"
        receipt = buy(house, an_offer(house), card=card)
        if state == "cancelled":
            cancel(house, receipt)
        elif state == "shipped":
            ship(house, receipt)
        with pytest.raises(IllegalTransition) as refusal:
            ship(house, receipt)
        assert refusal.value.details == {"state": state}

    @pytest.mark.breaks("voided")
    def test_a_refused_capture_calls_the_parcel_back(self, house):
        receipt = buy(house, an_offer(house))
        house.gateway.void(key="by-hand", reference=payment_of(house, receipt).reference)

        assert ship(house, receipt).state == "paid"

        order = view(house, receipt)
        assert (order.state, order.payment, order.carrier) == ("paid", "authorised", None)
        assert order.timeline[-1].note == "capture refused: already_voided"
        assert "captured" not in ledger(house)

    @pytest.mark.parametrize("step", ["gateway.capture:before", "gateway.capture:after"])
    def test_a_crash_around_the_capture_is_completed_with_one_charge(self, house, step):
        receipt = buy(house, an_offer(house))
        house.steps.crash(step)
        with pytest.raises(Crash):
            ship(house, receipt)
        assert view(house, receipt).state == "dispatching"

        house.clock.advance(6)
        drain_all(house)

        assert view(house, receipt).state == "shipped"
        assert ledger(house) == ["authorised", "captured"]

    def test_while_the_gateway_is_away_the_order_waits(self, house):
        receipt = buy(house, an_offer(house))
        house.steps.at("gateway.capture:before", away)
        assert ship(house, receipt).state == "dispatching"
        assert house.failures == []

        house.clock.advance(6)
        house.steps.at("gateway.capture:before", away)
        house.shop.drain()  # fails once more, and is put off
        drained = [type(error) for _, error in house.failures]
        house.clock.advance(2)
        drain_all(house)

        assert drained == [GatewayUnavailable]
        assert view(house, receipt).state == "shipped"


class TestCancelling:
    def test_frees_the_piece_and_gives_the_money_back(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer)

        assert cancel(house, receipt, reason="changed my mind").state == "cancelled"

        order = view(house, receipt)
        assert (order.state, order.payment) == ("cancelled", "voided")
        assert order.timeline[-1].note == "changed my mind"
        assert states(house, offer) == ["free"]
        assert ledger(house) == ["authorised", "voided"]
        assert buy(house, offer).state == "paid"

    def test_tells_the_buyer_why(self, house):
        receipt = buy(house, an_offer(house))
        drain_all(house)
        cancel(house, receipt, reason="changed my mind")
        drain_all(house)
        assert subjects(house)[-1] == f"Order {receipt.number} was cancelled"
        assert "Reason: changed my mind" in house.mailer.sent[-1].text

    def test_needs_no_reason(self, house):
        receipt = buy(house, an_offer(house))
        cancel(house, receipt)
        drain_all(house)
        assert "Reason" not in house.mailer.sent[-1].text

    def test_by_its_buyer(self, house):
        ada = Shopper(a_customer(house))
        assert cancel(house, buy(house, an_offer(house), shopper=ada), shopper=ada)
        assert cancel(house, buy(house, an_offer(house)), shopper=GUEST)

    @pytest.mark.parametrize("kind", ["another account", "another guest", "nobody"])
    def test_by_somebody_else_is_as_if_there_were_no_order(self, house, kind):
        owner = Shopper(a_customer(house)) if kind == "another account" else GUEST
        receipt = buy(house, an_offer(house), shopper=owner)
        stranger = {
            "another account": Shopper(a_customer(house, "bob@example.com")),
            "another guest": Shopper(guest_hash="0" * 64),
            "nobody": Shopper(),
        }[kind]
        with pytest.raises(NotFound) as foreign:
            cancel(house, receipt, shopper=stranger)
        missing = told(cancel_missing, house)
        assert foreign.value.message.replace(receipt.number, "") == missing[1].replace(
            NOBODYS.text, ""
        )
        assert view(house, receipt).state == "paid"

    def test_of_an_ownerless_order_is_for_staff_only(self, house):
        receipt = buy(house, an_offer(house), shopper=Shopper())
        with pytest.raises(NotFound):
            cancel(house, receipt, shopper=Shopper())
        assert cancel(house, receipt, by="clerk").state == "cancelled"

    @pytest.mark.parametrize("state", ["dispatching", "shipped", "cancelled"])
    def test_comes_too_late(self, house, state):
        offer = an_offer(house)
        receipt = buy(house, offer)
        if state == "cancelled":
            cancel(house, receipt)
        else:
            if state == "dispatching":
                house.steps.at("gateway.capture:before", away)
            ship(house, receipt)
        before = states(house, offer)
        with pytest.raises(IllegalTransition):
            cancel(house, receipt)
        assert states(house, offer) == before

    @pytest.mark.parametrize("step", ["gateway.void:before", "gateway.void:after"])
    def test_a_crash_around_the_void_is_completed_once(self, house, step):
        receipt = buy(house, an_offer(house))
        house.steps.crash(step)
        with pytest.raises(Crash):
            cancel(house, receipt)
        assert payment_of(house, receipt).state == "voiding"
        house.clock.advance(6)
        drain_all(house)
        assert view(house, receipt).payment == "voided"
        assert ledger(house) == ["authorised", "voided"]


class TestCancellingWhileThePaymentIsUnknown:
    def test_voids_the_approval_that_comes_later(self, house):
        offer = an_offer(house)
        house.steps.at("gateway.authorise:after", lambda: cancel_any(house))

        receipt = buy(house, offer, key=a_key())

        assert receipt.state == "cancelled"
        assert only_order(house).payment == "voided"
        assert states(house, offer) == ["free"]
        assert ledger(house) == ["authorised", "voided"]
        assert buy(house, offer, key=a_key()) == receipt

    def test_keeps_a_later_refusal_a_refusal(self, house):
        offer = an_offer(house)
        house.steps.at("gateway.authorise:after", lambda: cancel_any(house))

        first = told(buy_declined, house, offer)

        assert first[0] == "payment_declined"
        assert (only_order(house).state, only_order(house).payment) == ("cancelled", "declined")
        assert told(buy_declined, house, offer) == first
        drain_all(house)
        assert len(subjects(house)) == 1

    def test_of_one_that_timed_out(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer, card="tok_timeout")
        assert cancel(house, receipt).state == "cancelled"
        house.clock.advance(6)
        drain_all(house)
        assert view(house, receipt).payment == "voided"
        assert ledger(house) == ["authorised", "voided"]
        assert states(house, offer) == ["free"]

    def test_is_no_refusal_when_the_card_was_declined(self, house):
        offer = an_offer(house)
        house.steps.crash("gateway.authorise:before")
        with pytest.raises(Crash):
            buy(house, offer, card="tok_declined")
        number = OrderNumber(only_order(house).number)

        assert house.shop.cancel_order(CancelOrder(number)).state == "cancelled"

        assert only_order(house).payment == "declined"
        assert states(house, offer) == ["free"]

    def test_a_piece_freed_and_sold_again_stays_with_the_second_buyer(self, house):
        offer = an_offer(house)
        first = buy(house, offer, card="tok_timeout")
        cancel(house, first)
        second = buy(house, offer)
        house.clock.advance(6)
        drain_all(house)
        assert view(house, second).state == "paid"
        (piece,) = house.shop.office.pieces(offer)
        assert (piece.state, piece.order_number) == ("sold", second.number)


class TestSettling:
    def test_what_is_settled_stays_as_it_is(self, house):
        receipt = buy(house, an_offer(house))
        answer = house.shop.settle_payment(payment_of(house, receipt).id)
        assert answer["receipt"]["state"] == "paid"
        assert ledger(house) == ["authorised"]

    def test_by_two_at_once_records_one_answer(self, house):
        house.steps.at(
            "gateway.authorise:after",
            lambda: house.rival.settle_payment(only_payment(house)),
        )
        receipt = buy(house, an_offer(house))
        assert receipt.state == "paid"
        assert [entry.state for entry in view(house, receipt).timeline] == [
            "awaiting_payment",
            "paid",
        ]

    def test_an_unknown_payment_is_refused(self, house):
        with pytest.raises(NotFound):
            house.shop.settle_payment(PaymentId(house.entropy.new_id()))


def cancel_any(house):
    receipt_number = OrderNumber(only_order(house).number)
    house.rival.cancel_order(CancelOrder(receipt_number))


def cancel_missing(house):
    house.shop.cancel_order(CancelOrder(NOBODYS, shopper=GUEST))


def buy_declined(house, offer):
    return buy(house, offer, card="tok_declined", key=a_key())


def only_payment(house):
    order = only_order(house)
    with house.storage.begin() as uow:
        return uow.payments.of_order(uow.orders.find(OrderNumber(order.number)).id).id
