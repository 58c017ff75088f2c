"""The checkout: held before anything is typed, priced in every reply, bought as it was held."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    ADDRESS,
    CONTACT,
    GUEST,
    a_customer,
    a_key,
    a_voucher,
    an_offer,
    buy,
    cancel,
    change,
    checkout_id,
    fill_cart,
    hold,
    ledger,
    only_order,
    order,
    sign_in,
    start,
    states,
    view,
)
from tests.harness.steps import Crash

from watchstore.domain import Currency, Delivery, Money, VoucherCode
from watchstore.domain.errors import (
    AllReserved,
    CheckoutIncomplete,
    HoldExpired,
    HoldLimit,
    IllegalTransition,
    InvalidValue,
    NotForSale,
    NotFound,
    PaymentDeclined,
    PriceChanged,
    SoldOut,
    TooManyAttempts,
    VoucherRefused,
)
from watchstore.service_layer.commands import (
    LeaveCheckout,
    PutCartLine,
    RepriceOffer,
    Shopper,
    StartCheckout,
)
from watchstore.service_layer.secrets import secret_hash

STRANGER = Shopper(guest_hash=secret_hash("another cookie"))
MINUTES = 60


def show(house, checkout, shopper=GUEST):
    return house.shop.show_checkout(checkout_id(checkout), shopper)


def leave(house, checkout, shopper=GUEST):
    house.shop.leave_checkout(LeaveCheckout(checkout_id(checkout), shopper))


def ready(house, *lines, shopper=GUEST):
    return change(
        house, start(house, *lines, shopper=shopper), shopper, contact=CONTACT, address=ADDRESS
    )


def cart(house, shopper=GUEST):
    return [(line.offer_id, line.quantity) for line in house.shop.carts.cart(shopper).lines]


class TestHolding:
    def test_comes_before_anything_is_typed(self, house):
        offer = an_offer(house, pieces=2)

        checkout = start(house, (offer, 1))

        assert states(house, offer) == ["free", "held"]
        assert (checkout.state, checkout.missing) == ("open", ("contact", "address"))
        assert checkout.expires_at == "2026-03-01T12:10:00+00:00"
        assert checkout.latest == "2026-03-01T12:30:00+00:00"
        assert show(house, checkout) == checkout

    def test_keeps_everybody_else_out_for_a_while(self, house):
        offer = an_offer(house)
        checkout = start(house, (offer, 1))
        with pytest.raises(AllReserved) as refusal:
            start(house, (offer, 1), shopper=STRANGER)
        assert refusal.value.details["retry_after"] == 10 * MINUTES
        house.clock.advance(10 * MINUTES)
        assert start(house, (offer, 1), shopper=STRANGER).state == "open"
        assert show(house, checkout).state == "expired"

    def test_lasts_longer_with_each_sign_of_life_up_to_a_cap(self, house):
        offer = an_offer(house)
        checkout = start(house, (offer, 1))
        house.clock.advance(9 * MINUTES)
        assert change(house, checkout).expires_at == "2026-03-01T12:19:00+00:00"
        house.clock.advance(9 * MINUTES)
        change(house, checkout)
        house.clock.advance(9 * MINUTES)
        assert change(house, checkout).expires_at == checkout.latest
        house.clock.advance(3 * MINUTES)
        with pytest.raises(HoldExpired):
            change(house, checkout)
        assert start(house, (offer, 1), shopper=STRANGER).state == "open"

    def test_looking_is_no_sign_of_life(self, house):
        checkout = start(house, (an_offer(house), 1))
        house.clock.advance(5 * MINUTES)
        assert show(house, checkout).expires_at == checkout.expires_at

    def test_lives_on_after_its_end_when_nobody_came(self, house):
        offer = an_offer(house)
        checkout = start(house, (offer, 1))
        house.clock.advance(11 * MINUTES)
        assert change(house, checkout).state == "open"
        assert states(house, offer) == ["held"]

    def test_is_over_when_somebody_came(self, house):
        offer = an_offer(house)
        checkout = start(house, (offer, 1))
        house.clock.advance(11 * MINUTES)
        buy(house, offer, shopper=STRANGER)
        with pytest.raises(SoldOut):
            change(house, checkout)

    def test_ends_when_the_buyer_leaves(self, house):
        offer = an_offer(house)
        checkout = start(house, (offer, 1))
        leave(house, checkout)
        assert states(house, offer) == ["free"]
        with pytest.raises(NotFound):
            show(house, checkout)

    def test_is_all_or_nothing(self, house):
        there, gone = an_offer(house), an_offer(house)
        hold(house, gone)
        with pytest.raises(AllReserved):
            start(house, (there, 1), (gone, 1))
        assert states(house, there) == ["free"]

    def test_needs_something_in_the_cart_that_is_for_sale(self, house):
        with pytest.raises(InvalidValue):
            house.shop.start_checkout(StartCheckout(GUEST))
        offer = an_offer(house)
        fill_cart(house, (offer, 1))
        house.shop.close_offer(offer)
        with pytest.raises(NotForSale):
            house.shop.start_checkout(StartCheckout(GUEST))

    def test_with_a_key_happens_once(self, house):
        offer = an_offer(house, pieces=2)
        first = start(house, (offer, 1), key=a_key())
        assert house.shop.start_checkout(StartCheckout(GUEST, a_key())) == first

    def test_is_limited_by_address(self, house):
        start(house, (an_offer(house), 1))
        with pytest.raises(TooManyAttempts):
            for _ in range(60):
                house.shop.start_checkout(StartCheckout(GUEST))


class TestHoarding:
    def test_one_checkout_replaces_the_other(self, house):
        offer, other = an_offer(house), an_offer(house)
        first = start(house, (offer, 1))
        second = start(house, (other, 1))
        assert {line.offer_id for line in second.lines} == {str(offer), str(other)}
        assert (states(house, offer), states(house, other)) == (["held"], ["held"])
        with pytest.raises(NotFound):
            show(house, first)

    def test_a_refused_one_leaves_the_other_as_it_was(self, house):
        offer, gone = an_offer(house), an_offer(house)
        first = start(house, (offer, 1))
        hold(house, gone)
        with pytest.raises(AllReserved):
            start(house, (gone, 1))
        assert show(house, first) == first
        assert states(house, offer) == ["held"]

    def test_holding_the_same_again_starts_no_new_time(self, house):
        offer = an_offer(house)
        first = start(house, (offer, 1))
        house.clock.advance(9 * MINUTES)
        assert start(house, (offer, 1)).latest == first.latest
        house.clock.advance(15 * MINUTES)
        assert start(house, (offer, 1)).latest > first.latest

    def test_holds_so_many_pieces_at_most(self, house):
        offer = an_offer(house, pieces=11)
        other = an_offer(house, pieces=1)
        with pytest.raises(HoldLimit):
            start(house, (offer, 10), (other, 1))
        assert set(states(house, offer)) == {"free"}

    def test_a_guest_who_signs_in_goes_on_with_the_guests_checkout(self, house):
        ada = Shopper(a_customer(house))
        mine, guests = an_offer(house), an_offer(house)
        old = start(house, (mine, 1), shopper=ada)
        new = start(house, (guests, 1))
        sign_in(house, guest_hash=GUEST.guest_hash)
        assert show(house, new, ada) == new
        for gone in ((old, ada), (new, GUEST)):
            with pytest.raises(NotFound):
                show(house, *gone)
        assert (states(house, mine), states(house, guests)) == (["free"], ["held"])


class TestOwnHold:
    def test_a_one_shot_order_takes_what_the_buyer_holds(self, house):
        offer = an_offer(house)
        checkout = start(house, (offer, 1))
        assert buy(house, offer).state == "paid"
        with pytest.raises(NotFound):
            show(house, checkout)

    def test_is_in_stock_for_the_buyer_alone(self, house):
        offer = an_offer(house)
        fill_cart(house, (offer, 1), shopper=STRANGER)
        start(house, (offer, 1))
        (own,), (others,) = (house.shop.carts.cart(each).lines for each in (GUEST, STRANGER))
        assert (own.availability, own.free) == ("in_stock", 1)
        assert (others.availability, others.free) == ("reserved", 0)
        assert house.shop.carts.cart(GUEST).subtotal == 580_000

    def test_somebody_elses_hold_stands(self, house):
        offer = an_offer(house)
        start(house, (offer, 1))
        with pytest.raises(AllReserved):
            buy(house, offer, shopper=STRANGER)

    def test_is_somebodys(self, house):
        checkout = start(house, (an_offer(house), 1))
        for attempt in (show, change, leave, order):
            with pytest.raises(NotFound):
                attempt(house, checkout, STRANGER)


class TestThePriceSheet:
    def test_is_in_every_reply_whatever_the_order(self, house):
        offer = an_offer(house, pieces=2, currency="EUR")
        code = a_voucher(house)
        checkout = start(house, (offer, 2))
        assert (checkout.items_amount, checkout.amount) == (1_160_000, 1_160_000)
        assert (checkout.tax_country, checkout.tax_percent) == ("DE", "19")

        steps = [
            {"voucher": code},
            {"delivery": Delivery.EXPRESS},
            {"address": ADDRESS},
            {"contact": CONTACT},
        ]
        for step in steps:
            forth = change(house, checkout, **step)
        leave(house, checkout)
        checkout = house.shop.start_checkout(StartCheckout(GUEST))
        for step in reversed(steps):
            back = change(house, checkout, **step)

        for sheet in (forth, back):
            assert (sheet.discount_amount, sheet.delivery_amount) == (116_000, 4_000)
            assert (sheet.amount, sheet.tax_amount, sheet.missing) == (1_048_000, 0, ())
        assert [row.delivery for row in back.deliveries] == [each.value for each in Delivery]

    def test_adds_up_over_its_lines(self, house):
        offers = [an_offer(house, price=price, currency="EUR") for price in ("33.33", "66.67")]
        checkout = start(house, *((offer, 1) for offer in offers))
        sheet = change(house, checkout, voucher=a_voucher(house))
        assert sum(line.discount_amount for line in sheet.lines) == sheet.discount_amount
        assert sum(line.tax_amount for line in sheet.lines) == sheet.tax_amount
        assert sum(line.line_amount for line in sheet.lines) == sheet.amount
        assert sheet.net_amount + sheet.tax_amount == sheet.amount

    def test_holds_the_price_with_the_piece(self, house):
        offer = an_offer(house)
        checkout = ready(house, (offer, 1))
        house.shop.reprice_offer(RepriceOffer(offer, Money.of("9000", "USD")))
        assert show(house, checkout) == checkout
        assert order(house, checkout).amount == 580_000

    def test_says_what_changed_since_the_cart(self, house):
        offer = an_offer(house)
        fill_cart(house, (offer, 1))
        house.shop.reprice_offer(RepriceOffer(offer, Money.of("6000", "USD")))
        checkout = house.shop.start_checkout(StartCheckout(GUEST))
        (changed,) = checkout.changes
        assert (changed.change, changed.seen_amount, changed.amount) == (
            "price_changed",
            580_000,
            600_000,
        )
        house.shop.close_offer(offer)
        assert [each.change for each in show(house, checkout).changes] == ["gone"]

    def test_takes_things_back(self, house):
        checkout = ready(house, (an_offer(house), 1))
        back = change(house, checkout, contact=None, address=None)
        assert (back.email, back.address, back.missing) == (None, None, ("contact", "address"))

    def test_refuses_a_voucher_that_is_no_good(self, house):
        checkout = start(house, (an_offer(house), 1))
        with pytest.raises(VoucherRefused) as refusal:
            change(
                house,
                checkout,
                voucher=a_voucher(house, minimum=Money.of("9000", "EUR"), currency=Currency("EUR")),
            )
        assert refusal.value.details["reason"] == "currency"
        assert show(house, checkout).voucher is None

    def test_says_when_a_voucher_is_no_good_any_more(self, house):
        code = a_voucher(house)
        checkout = change(house, start(house, (an_offer(house), 1)), voucher=code)
        house.shop.close_voucher(code)
        sheet = show(house, checkout)
        assert (sheet.voucher, sheet.voucher_refused, sheet.discount_amount) == (
            "TEN",
            "expired",
            0,
        )

    def test_guessing_codes_is_limited(self, house):
        checkout = start(house, (an_offer(house), 1))
        code = a_voucher(house)
        with pytest.raises(TooManyAttempts):
            for _ in range(31):
                change(house, checkout, voucher=code)


class TestOrdering:
    def test_buys_what_is_held(self, house):
        offer = an_offer(house, currency="EUR")
        checkout = change(house, ready(house, (offer, 1)), voucher=a_voucher(house))

        receipt = order(house, checkout, key=a_key())

        assert (receipt.state, receipt.amount) == ("paid", checkout.amount)
        placed = view(house, receipt)
        assert (placed.voucher, placed.discount_amount) == ("TEN", 58_000)
        assert (placed.tax_country, placed.tax_percent, placed.tax_included) == ("CH", "0", True)
        assert states(house, offer) == ["sold"]
        done = show(house, checkout)
        assert (done.state, done.order_number) == ("ordered", receipt.number)

    def test_with_one_key_happens_once(self, house):
        checkout = ready(house, (an_offer(house, pieces=2), 1))
        first = order(house, checkout, key=a_key())
        assert order(house, checkout, key=a_key()) == first
        with pytest.raises(IllegalTransition):
            order(house, checkout, key=a_key("another"))
        assert ledger(house) == ["authorised"]

    def test_takes_what_was_bought_out_of_the_cart(self, house):
        offer, other = an_offer(house, pieces=3), an_offer(house)
        checkout = ready(house, (offer, 1))
        fill_cart(house, (offer, 3), (other, 1))
        order(house, checkout, key=a_key())
        assert cart(house) == [(str(offer), 2), (str(other), 1)]
        house.shop.put_cart_line(PutCartLine(GUEST, offer, 3))
        order(house, checkout, key=a_key())
        assert cart(house) == [(str(offer), 3), (str(other), 1)]

    def test_empties_the_cart_though_the_first_process_died(self, house):
        checkout = ready(house, (an_offer(house), 1))
        house.steps.crash("carts.find:before")
        with pytest.raises(Crash):
            order(house, checkout, key=a_key())
        assert cart(house) != []
        order(house, checkout, key=a_key())
        assert cart(house) == []

    def test_keeps_the_cart_of_who_was_declined(self, house):
        offer = an_offer(house)
        checkout = ready(house, (offer, 1))
        with pytest.raises(PaymentDeclined):
            order(house, checkout, card="tok_declined", key=a_key())
        assert cart(house) == [(str(offer), 1)]
        again = house.shop.start_checkout(StartCheckout(GUEST))
        again = change(house, again, contact=CONTACT, address=ADDRESS)
        assert order(house, again).state == "paid"

    def test_needs_everything_that_is_missing(self, house):
        checkout = start(house, (an_offer(house), 1))
        with pytest.raises(CheckoutIncomplete):
            order(house, checkout, key=a_key())
        ready = change(house, checkout, contact=CONTACT, address=ADDRESS)
        assert order(house, ready, key=a_key()).state == "paid"

    def test_needs_a_live_hold(self, house):
        offer = an_offer(house, pieces=2)
        checkout = ready(house, (offer, 1))
        house.clock.advance(10 * MINUTES)
        with pytest.raises(HoldExpired):
            order(house, checkout)
        assert order(house, change(house, checkout)).state == "paid"

    def test_charges_what_was_shown(self, house):
        checkout = ready(house, (an_offer(house), 1))
        with pytest.raises(PriceChanged):
            order(house, checkout, expected_total=Money.of("1", "USD"))

    def test_is_over_once_it_was_ordered(self, house):
        checkout = ready(house, (an_offer(house), 1))
        order(house, checkout)
        for attempt in (change, leave):
            with pytest.raises(IllegalTransition):
                attempt(house, checkout)

    def test_of_an_account_is_in_its_orders(self, house):
        ada = Shopper(a_customer(house))
        order(house, ready(house, (an_offer(house), 1), shopper=ada), ada)
        assert house.shop.orders.orders(buyer=ada.user_id).total == 1

    def test_goes_on_though_the_gateway_is_silent(self, house):
        checkout = ready(house, (an_offer(house), 1))
        assert order(house, checkout, card="tok_timeout").state == "awaiting_payment"
        assert cart(house) == []


class TestVouchers:
    def test_are_free_again_when_the_order_is_cancelled_or_declined(self, house):
        a_voucher(house, uses=1)
        code = a_voucher(house, "ONCE", uses=1)
        with pytest.raises(PaymentDeclined):
            buy(house, an_offer(house), voucher=code, card="tok_declined")
        receipt = buy(house, an_offer(house), voucher=code)
        with pytest.raises(VoucherRefused) as refusal:
            buy(house, an_offer(house), voucher=code)
        assert refusal.value.details["reason"] == "used_up"
        cancel(house, receipt)
        assert buy(house, an_offer(house), voucher=code).amount == 522_000
        uses = {row.code: row.used for row in house.shop.office.vouchers()}
        assert uses == {"ONCE": 1, "TEN": 0}

    def test_count_for_a_customer(self, house):
        code = a_voucher(house, uses_per_customer=1)
        ada = Shopper(a_customer(house))
        buy(house, an_offer(house), voucher=code, shopper=ada)
        with pytest.raises(VoucherRefused) as refusal:
            buy(house, an_offer(house), voucher=code, shopper=ada)
        assert refusal.value.details["reason"] == "used_by_you"
        assert buy(house, an_offer(house), voucher=code).amount == 522_000
        with pytest.raises(VoucherRefused):
            buy(house, an_offer(house), voucher=code, shopper=STRANGER)

    def test_that_do_not_exist_are_refused_the_same_way_again(self, house):
        offer = an_offer(house)
        for _ in range(2):
            with pytest.raises(VoucherRefused) as refusal:
                buy(house, offer, voucher=VoucherCode("NONE"), key=a_key())
            assert refusal.value.details == {"reason": "unknown", "voucher": "NONE"}
        assert states(house, offer) == ["free"]

    def test_end(self, house):
        code = a_voucher(house, ends_at=house.clock.now() + timedelta(days=1))
        assert buy(house, an_offer(house), voucher=code).amount == 522_000
        house.clock.advance(24 * 60 * MINUTES)
        with pytest.raises(VoucherRefused):
            buy(house, an_offer(house), voucher=code)

    def test_discounts_are_kept_when_a_voucher_is_closed(self, house):
        code = a_voucher(house)
        buy(house, an_offer(house), voucher=code)
        house.shop.close_voucher(code)
        assert only_order(house).voucher == "TEN"
        with pytest.raises(IllegalTransition):
            house.shop.close_voucher(code)
