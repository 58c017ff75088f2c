"""The cart, for an account and for a guest."""

import pytest
from tests.harness.language import GUEST, a_customer, an_offer

from watchstore.domain import OfferId
from watchstore.domain.cart import MOST_LINES
from watchstore.domain.errors import (
    CartLimit,
    InvalidValue,
    MixedCurrency,
    NotForSale,
    StaleVersion,
)
from watchstore.service_layer.commands import PutCartLine, RemoveCartLine, RepriceOffer, Shopper


def put(house, offer, quantity=1, *, shopper=GUEST, version=None):
    return house.shop.put_cart_line(PutCartLine(shopper, offer, quantity, version))


def remove(house, offer, *, version=None):
    return house.shop.remove_cart_line(RemoveCartLine(GUEST, offer, version))


def test_the_first_line_makes_the_cart(house):
    offer = an_offer(house)
    cart = put(house, offer, 2)
    view = house.shop.carts.cart(GUEST)
    assert (view.version, view.subtotal) == (cart.version, 2 * 580_000)
    assert [line.quantity for line in view.lines] == [2]


def test_putting_again_sets_the_quantity_at_todays_price(house):
    offer = an_offer(house)
    put(house, offer, 2)
    house.shop.reprice_offer(RepriceOffer(offer, cart_price(house, offer) * 2))
    put(house, offer, 1)
    (line,) = house.shop.carts.cart(GUEST).lines
    assert (line.quantity, line.amount, line.seen_amount) == (1, 1_160_000, 1_160_000)


def test_an_account_has_a_cart_of_its_own(house):
    ada = Shopper(a_customer(house), GUEST.guest_hash)
    mine, guests = an_offer(house), an_offer(house)
    put(house, guests)
    put(house, mine, shopper=ada)
    assert [line.offer_id for line in house.shop.carts.cart(ada).lines] == [str(mine)]
    assert [line.offer_id for line in house.shop.carts.cart(GUEST).lines] == [str(guests)]


def test_a_line_can_be_taken_out(house):
    offer, other = an_offer(house), an_offer(house)
    put(house, offer)
    cart = put(house, other)
    assert remove(house, offer, version=cart.version).version == cart.version + 1
    assert [line.offer_id for line in house.shop.carts.cart(GUEST).lines] == [str(other)]


def test_taking_out_what_is_not_there_changes_nothing(house):
    offer = an_offer(house)
    assert remove(house, offer) is None
    cart = put(house, offer)
    assert remove(house, OfferId(house.entropy.new_id())) == cart


def test_an_edit_on_top_of_one_not_seen_is_refused(house):
    offer = an_offer(house)
    seen = put(house, offer).version
    put(house, offer, 2, version=seen)
    with pytest.raises(StaleVersion) as refusal:
        put(house, offer, 3, version=seen)
    assert refusal.value.details == {"version": seen + 1}
    with pytest.raises(StaleVersion):
        remove(house, offer, version=seen)


def test_one_currency_fits_in(house):
    put(house, an_offer(house))
    with pytest.raises(MixedCurrency):
        put(house, an_offer(house, currency="CHF"))


def test_so_many_lines_fit_in(house):
    for _ in range(MOST_LINES):
        put(house, an_offer(house))
    with pytest.raises(CartLimit):
        put(house, an_offer(house))


@pytest.mark.parametrize("quantity", [0, -1, 11])
def test_impossible_quantities_are_refused_and_make_no_cart(house, quantity):
    with pytest.raises(InvalidValue):
        put(house, an_offer(house), quantity)
    assert house.shop.carts.cart(GUEST).version == 0


def test_only_what_is_for_sale_goes_in(house):
    offer = an_offer(house)
    house.shop.close_offer(offer)
    with pytest.raises(NotForSale):
        put(house, offer)


def test_nobody_has_no_cart(house):
    with pytest.raises(InvalidValue):
        put(house, an_offer(house), shopper=Shopper())


def test_a_rival_that_makes_the_cart_meanwhile_is_joined(house):
    mine, rivals = an_offer(house), an_offer(house)
    command = PutCartLine(GUEST, rivals, 1)
    house.steps.at("carts.add:before", lambda: house.rival.put_cart_line(command))
    put(house, mine)
    lines = house.shop.carts.cart(GUEST).lines
    assert {line.offer_id for line in lines} == {str(mine), str(rivals)}


def cart_price(house, offer):
    with house.storage.begin() as uow:
        return uow.offers.get(offer).price
