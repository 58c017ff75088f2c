"""A checkout: how long it holds, and what it still needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.harness.language import ADDRESS, CONTACT

from watchstore.domain import (
    Checkout,
    CheckoutId,
    CheckoutLine,
    CheckoutState,
    Condition,
    Currency,
    Delivery,
    Money,
    OfferId,
    OrderNumber,
    Terms,
    UserId,
)
from watchstore.domain.errors import (
    CheckoutIncomplete,
    HoldExpired,
    HoldLimit,
    IllegalTransition,
    InvalidValue,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TERMS = Terms()
PRICE = Money(580_000, Currency("USD"))
LINE = CheckoutLine(
    OfferId(UUID(int=1)), "Grand Seiko", "SBGA211", "Snowflake", Condition.NEW, 2, PRICE, PRICE
)
CHECKOUT = Checkout(
    CheckoutId(UUID(int=2)),
    (LINE,),
    NOW,
    NOW + 10 * MINUTE,
    NOW + 30 * MINUTE,
    owner=UserId(UUID(int=3)),
)
NUMBER = OrderNumber("WS-AAAAAAAAAA")


def test_signs_of_life_extend_it_up_to_the_cap():
    later = CHECKOUT.alive(NOW + 5 * MINUTE, TERMS)
    assert later.expires_at == NOW + 15 * MINUTE
    assert later.alive(NOW + 14 * MINUTE, TERMS).expires_at == NOW + 24 * MINUTE
    assert later.alive(NOW + 29 * MINUTE, TERMS).expires_at == NOW + 30 * MINUTE
    with pytest.raises(HoldExpired):
        later.alive(NOW + 30 * MINUTE, TERMS)


def test_a_sign_of_life_never_shortens_it():
    assert CHECKOUT.alive(NOW - MINUTE, TERMS).expires_at == CHECKOUT.expires_at


def test_states():
    assert CHECKOUT.state(NOW) is CheckoutState.OPEN
    assert CHECKOUT.state(NOW + 10 * MINUTE) is CheckoutState.EXPIRED
    ordered = CHECKOUT.ordered(NUMBER)
    assert ordered.state(NOW + 90 * MINUTE) is CheckoutState.ORDERED
    for change in (lambda: ordered.ordered(NUMBER), lambda: ordered.alive(NOW, TERMS)):
        with pytest.raises(IllegalTransition):
            change()


def test_what_is_missing():
    assert CHECKOUT.missing(TERMS) == ("contact", "address")
    assert replace(CHECKOUT, delivery=Delivery.PICK_UP).missing(TERMS) == ("contact",)
    ready = replace(CHECKOUT, contact=CONTACT, address=ADDRESS)
    assert (ready.missing(TERMS), ready.require_complete(TERMS)) == ((), CONTACT)
    with pytest.raises(CheckoutIncomplete) as refusal:
        CHECKOUT.require_complete(TERMS)
    assert refusal.value.details == {"missing": ["contact", "address"]}


def test_a_delivery_that_does_not_go_there_is_missing_and_costs_nothing():
    far = replace(
        CHECKOUT,
        contact=CONTACT,
        address=replace(ADDRESS, country="JP"),
        delivery=Delivery.SIGNATURE,
    )
    assert far.missing(TERMS) == ("delivery",)
    assert far.sheet(TERMS, NOW, None).delivery.amount == 0
    assert replace(far, address=ADDRESS).sheet(TERMS, NOW, None).delivery.amount == 3_400


def test_it_is_somebodys():
    assert CHECKOUT.owned_by(CHECKOUT.owner, None)
    assert not CHECKOUT.owned_by(UserId(UUID(int=9)), None)
    guests = replace(CHECKOUT, owner=None, guest_hash="a" * 64)
    assert guests.owned_by(CHECKOUT.owner, "a" * 64)
    assert not guests.owned_by(None, "b" * 64)
    assert not replace(CHECKOUT, owner=None).owned_by(None, None)


def test_it_holds_no_more_than_the_terms_allow():
    CHECKOUT.require_within(TERMS)
    with pytest.raises(HoldLimit):
        CHECKOUT.require_within(replace(TERMS, most_held=1))


@pytest.mark.parametrize("wrong", [{"lines": ()}, {"latest": NOW}, {"expires_at": NOW - MINUTE}])
def test_checkouts_that_cannot_be(wrong):
    with pytest.raises(InvalidValue):
        replace(CHECKOUT, **wrong)
    with pytest.raises(InvalidValue):
        replace(LINE, quantity=0)
