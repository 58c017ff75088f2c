"""Checkouts in every storage, raced: one live one a buyer, one order a hold."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from tests.harness.language import (
    ADDRESS,
    CONTACT,
    GUEST,
    a_customer,
    an_offer,
    buy,
    change,
    checkout_id,
    fill_cart,
    ledger,
    order,
    sign_in,
    start,
    states,
)
from tests.harness.racing import answers, errors, race
from tests.harness.records import a_request_key

from watchstore.domain.errors import AllReserved, HoldExpired, IllegalTransition, NotFound
from watchstore.service_layer.checking_out import forget_checkouts
from watchstore.service_layer.commands import (
    ChangeCheckout,
    LeaveCheckout,
    OrderCheckout,
    Shopper,
    StartCheckout,
)
from watchstore.service_layer.secrets import secret_hash


def a_guest():
    return Shopper(guest_hash=secret_hash(uuid4().hex))


def ready(house, offer, shopper=GUEST):
    checkout = start(house, (offer, 1), shopper=shopper)
    return change(house, checkout, shopper, contact=CONTACT, address=ADDRESS)


def test_from_cart_to_order(house):
    offer = an_offer(house, pieces=2)
    checkout = ready(house, offer)
    assert states(house, offer) == ["free", "held"]
    receipt = order(house, checkout, key=a_request_key())
    assert receipt.state == "paid"
    assert states(house, offer) == ["free", "sold"]
    assert house.shop.carts.cart(GUEST).lines == ()
    done = house.shop.show_checkout(checkout_id(checkout), GUEST)
    assert (done.state, done.order_number) == ("ordered", receipt.number)


def test_old_ones_are_forgotten(house):
    offer = an_offer(house, pieces=2)
    checkout = ready(house, offer)
    for hours, known in ((24, True), (1, False)):
        house.clock.advance(hours * 3600)
        forget_checkouts(begin=house.shop.begin, clock=house.clock)
        with house.storage.begin() as uow:
            assert (uow.checkouts.peek(checkout_id(checkout)) is not None) is known


def test_many_starts_of_one_buyer_leave_one_checkout(house):
    offer = an_offer(house, pieces=3)
    fill_cart(house, (offer, 1))
    outcomes = race([partial(house.rival.start_checkout, StartCheckout(GUEST))] * 12)
    assert errors(outcomes) == []
    assert states(house, offer) == ["free", "free", "held"]
    with house.storage.begin() as uow:
        (live,) = uow.checkouts.live(owner=None, guest_hash=GUEST.guest_hash)
    assert str(live.id) in {view.id for view in answers(outcomes)}


def test_many_buyers_hold_what_there_is(house):
    offer = an_offer(house, pieces=5)
    guests = [a_guest() for _ in range(16)]
    for guest in guests:
        fill_cart(house, (offer, 1), shopper=guest)
    outcomes = race([partial(house.rival.start_checkout, StartCheckout(each)) for each in guests])
    assert len(answers(outcomes)) == 5
    assert {type(each) for each in errors(outcomes)} == {AllReserved}
    assert states(house, offer) == ["held"] * 5


def test_ordering_one_checkout_from_many_tabs_is_one_order(house):
    offer = an_offer(house, pieces=3)
    checkout = ready(house, offer)
    commands = [
        OrderCheckout(checkout_id(checkout), GUEST, "tok_accepted", key=a_request_key())
        for _ in range(8)
    ]
    outcomes = race([partial(house.rival.order_checkout, command) for command in commands])
    assert len(answers(outcomes)) == 1
    assert {type(each) for each in errors(outcomes)} <= {IllegalTransition, HoldExpired}
    assert ledger(house) == ["authorised"]
    assert states(house, offer) == ["free", "free", "sold"]


def test_ordering_changing_and_leaving_at_once_end_in_one_of_them(house):
    for _ in range(5):
        offer = an_offer(house)
        guest = a_guest()
        checkout = ready(house, offer, guest)
        identity = checkout_id(checkout)
        outcomes = race(
            [
                partial(house.rival.order_checkout, OrderCheckout(identity, guest, "tok_accepted")),
                partial(house.rival.leave_checkout, LeaveCheckout(identity, guest)),
                *[partial(house.rival.change_checkout, ChangeCheckout(identity, guest))] * 3,
            ]
        )
        assert {type(each) for each in errors(outcomes)} <= {IllegalTransition, NotFound}
        assert states(house, offer) in (["sold"], ["free"])


def test_an_expired_hold_becomes_no_order(house, later):
    offer = an_offer(house)
    checkout = ready(house, offer)
    later(timedelta(minutes=11))
    with pytest.raises(HoldExpired):
        order(house, checkout)
    assert states(house, offer) == ["free"]


def test_what_a_buyer_holds_is_in_stock_for_the_buyer_alone(house):
    offer, stranger = an_offer(house), a_guest()
    fill_cart(house, (offer, 1), shopper=stranger)
    start(house, (offer, 1))
    seen = [house.shop.carts.cart(each).lines[0].availability for each in (GUEST, stranger)]
    assert seen == ["in_stock", "reserved"]


def test_who_signs_in_goes_on_with_the_guests_checkout(house):
    ada = Shopper(a_customer(house))
    offer, other = an_offer(house), an_offer(house)
    start(house, (other, 1), shopper=ada)
    checkout = start(house, (offer, 1))
    sign_in(house, guest_hash=GUEST.guest_hash)
    assert house.shop.show_checkout(checkout_id(checkout), ada).state == "open"
    assert (states(house, offer), states(house, other)) == (["held"], ["free"])
    lines = house.shop.carts.cart(ada).lines
    assert {line.availability for line in lines} == {"in_stock"}


def test_a_one_shot_order_takes_what_its_buyer_holds(house):
    offer = an_offer(house)
    checkout = start(house, (offer, 1))
    with pytest.raises(AllReserved):
        buy(house, offer, shopper=a_guest())
    assert buy(house, offer).state == "paid"
    with pytest.raises(NotFound):
        house.shop.show_checkout(checkout_id(checkout), GUEST)
