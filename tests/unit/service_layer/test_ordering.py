"""Placing an order: what is sold, and what is refused."""

import pytest
from tests.harness.language import (
    ADDRESS,
    CONTACT,
    GUEST,
    a_customer,
    a_watch,
    an_offer,
    buy,
    drain_all,
    hold,
    ledger,
    only_order,
    order_of,
    states,
    subjects,
    user_id,
    view,
)

from watchstore.domain import Delivery, Money, OfferId, OrderNumber, Publication
from watchstore.domain.errors import (
    AllReserved,
    HoldExpired,
    InvalidValue,
    MixedCurrency,
    NotForSale,
    PaymentDeclined,
    PriceChanged,
    SoldOut,
)
from watchstore.service_layer.commands import Shopper


class TestASale:
    def test_is_paid_for_and_takes_the_piece(self, house):
        offer = an_offer(house, pieces=2)

        receipt = buy(house, offer)

        assert (receipt.state, receipt.amount, receipt.currency) == ("paid", 580_000, "USD")
        assert states(house, offer) == ["free", "sold"]
        assert ledger(house) == ["authorised"]

    def test_keeps_what_was_sold_whatever_is_edited_later(self, house):
        watch = a_watch(house)
        offer = an_offer(house, watch=watch)
        receipt = buy(house, offer)
        house.shop.withdraw_watch(watch)
        house.shop.close_offer(offer)

        order = view(house, receipt)

        (line,) = order.lines
        assert (line.brand, line.reference, line.name) == ("Grand Seiko", "SBGA211", "Snowflake")
        assert (line.amount, line.quantity, line.condition) == (580_000, 1, "new")
        assert [entry.state for entry in order.timeline] == ["awaiting_payment", "paid"]
        assert order.payment == "authorised"

    def test_adds_express_delivery_to_the_total(self, house):
        receipt = buy(house, an_offer(house), delivery=Delivery.EXPRESS)

        order = view(house, receipt)

        assert (order.items_amount, order.delivery_amount) == (580_000, 4_500)
        assert order.amount == receipt.amount == 584_500

    def test_sums_lines_of_one_offer(self, house):
        offer = an_offer(house, pieces=3)
        receipt = house.shop.place_order(order_of((offer, 1), (offer, 2)))
        assert [line.quantity for line in view(house, receipt).lines] == [3]
        assert receipt.amount == 3 * 580_000

    def test_needs_no_address_when_picked_up(self, house):
        receipt = buy(house, an_offer(house), address=None, delivery=Delivery.PICK_UP)
        assert view(house, receipt).address is None

    def test_is_announced_by_mail_once_it_is_paid(self, house):
        offer = an_offer(house)
        drain_all(house)
        receipt = buy(house, offer)
        assert drain_all(house) == 1
        house.clock.advance(6)
        drain_all(house)
        assert subjects(house) == [f"Your order {receipt.number}"]
        assert "$5,800.00" in house.mailer.sent[0].text


class TestARefusal:
    """Nothing is kept of an order that is refused before the gateway is asked."""

    def test_sold_out(self, house):
        offer = an_offer(house, pieces=1)
        buy(house, offer)
        with pytest.raises(SoldOut) as refusal:
            buy(house, offer)
        assert refusal.value.details == {"offer_id": str(offer)}

    def test_sold_out_before_anything_came_in(self, house):
        with pytest.raises(SoldOut):
            buy(house, an_offer(house, pieces=0))

    def test_all_reserved_while_others_hold_them(self, house):
        offer = an_offer(house)
        hold(house, offer, seconds=90)
        with pytest.raises(AllReserved) as refusal:
            buy(house, offer)
        assert refusal.value.details == {"offer_id": str(offer), "retry_after": 90}

    def test_all_reserved_while_a_payment_is_unsettled(self, house):
        offer = an_offer(house)
        assert buy(house, offer, card="tok_timeout").state == "awaiting_payment"
        with pytest.raises(AllReserved) as refusal:
            buy(house, offer)
        assert refusal.value.details["retry_after"] > 0

    def test_all_or_none(self, house):
        plenty, scarce = an_offer(house, pieces=5), an_offer(house, pieces=1)
        with pytest.raises(AllReserved):
            house.shop.place_order(order_of((plenty, 2), (scarce, 2)))
        assert states(house, plenty) == ["free"] * 5
        assert house.shop.orders.orders().total == 0

    @pytest.mark.parametrize("end", ["close", "withdraw", "unknown"])
    def test_not_for_sale(self, house, end):
        watch = a_watch(house)
        offer = an_offer(house, watch=watch)
        if end == "close":
            house.shop.close_offer(offer)
        elif end == "withdraw":
            house.shop.withdraw_watch(watch)
        else:
            offer = OfferId(house.entropy.new_id())
        with pytest.raises(NotForSale) as refusal:
            buy(house, offer)
        assert refusal.value.details == {"offer_id": str(offer)}

    def test_a_draft_is_not_for_sale(self, house):
        watch = a_watch(house, publish=False)
        offer = an_offer(house, watch=watch)
        assert house.shop.office.watches().items[0].publication == Publication.DRAFT
        with pytest.raises(NotForSale):
            buy(house, offer)

    def test_another_total_than_was_shown(self, house):
        with pytest.raises(PriceChanged) as refusal:
            buy(house, an_offer(house), expected_total=Money.of(1, "USD"))
        assert refusal.value.details == {"amount": 580_000, "currency": "USD"}

    def test_the_total_that_was_shown_is_fine(self, house):
        assert buy(house, an_offer(house), expected_total=Money.of(5800, "USD")).state == "paid"

    def test_two_currencies(self, house):
        dollars, francs = an_offer(house), an_offer(house, currency="CHF")
        with pytest.raises(MixedCurrency):
            house.shop.place_order(order_of((dollars, 1), (francs, 1)))
        assert states(house, dollars) == states(house, francs) == ["free"]

    @pytest.mark.parametrize("lines", [[], [0], [-1]])
    def test_impossible_quantities(self, house, lines):
        offer = an_offer(house)
        with pytest.raises(InvalidValue):
            house.shop.place_order(order_of(*((offer, count) for count in lines)))

    def test_no_address_for_a_parcel(self, house):
        with pytest.raises(InvalidValue):
            buy(house, an_offer(house), address=None)

    def test_a_declined_card_frees_the_piece(self, house):
        offer = an_offer(house)
        with pytest.raises(PaymentDeclined) as refusal:
            buy(house, offer, card="tok_declined")
        order = only_order(house)
        assert refusal.value.details == {
            "reason": "insufficient_funds",
            "order_number": order.number,
        }
        assert (order.state, order.payment) == ("cancelled", "declined")
        assert states(house, offer) == ["free"]
        assert ledger(house) == ["declined"]


class TestAHold:
    def test_turns_into_an_order(self, house):
        offer = an_offer(house)
        hold_id = hold(house, offer)
        assert buy(house, offer, hold_id=hold_id).state == "paid"
        assert states(house, offer) == ["sold"]

    def test_that_is_over_sells_nothing(self, house):
        offer = an_offer(house)
        hold_id = hold(house, offer, seconds=60)
        house.clock.advance(60)
        with pytest.raises(HoldExpired):
            buy(house, offer, hold_id=hold_id)
        assert states(house, offer) == ["free"]

    def test_serves_one_order(self, house):
        offer = an_offer(house, pieces=2)
        hold_id = hold(house, offer)
        buy(house, offer, hold_id=hold_id)
        with pytest.raises(HoldExpired):
            buy(house, offer, hold_id=hold_id)


class TestWhoBought:
    def test_an_account_sees_its_own_orders_only(self, house):
        ada, bob = a_customer(house), a_customer(house, "bob@example.com")
        receipt = buy(house, an_offer(house), shopper=Shopper(ada))
        number = OrderNumber(receipt.number)

        assert house.shop.orders.order(number, Shopper(ada)).number == receipt.number
        assert house.shop.orders.order(number, Shopper(bob)) is None
        assert house.shop.orders.order(number, GUEST) is None
        assert house.shop.orders.order(number, Shopper()) is None
        assert house.shop.orders.orders(buyer=ada).total == 1
        assert house.shop.orders.orders(buyer=bob).total == 0
        assert user_id(house, "ada@example.com") == ada

    def test_a_guest_finds_the_order_by_the_cookie(self, house):
        receipt = buy(house, an_offer(house))
        found = house.shop.orders.order(OrderNumber(receipt.number), GUEST)
        assert (found.email, found.name) == (CONTACT.email.address, CONTACT.name)
        assert found.address["city"] == ADDRESS.city
