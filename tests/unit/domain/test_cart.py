"""Carts: limits, one currency, and the laws of merging."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.harness.torture import repetitions

from watchstore.domain import Cart, CartId, CartLine, Currency, Money, OfferId
from watchstore.domain.cart import MOST_LINES, MOST_OF_ONE
from watchstore.domain.errors import CartLimit, InvalidValue, MixedCurrency

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OFFERS = [OfferId(UUID(int=number)) for number in range(1, 31)]
EMPTY = Cart(CartId(UUID(int=99)), NOW)


def line(number, quantity=1, currency="USD", amount=100):
    return CartLine(OFFERS[number], quantity, Money(amount, Currency(currency)))


def cart_of(*lines):
    cart = EMPTY
    for each in lines:
        cart = cart.put(each, NOW)
    return cart


def quantities(cart):
    return {each.offer_id: each.quantity for each in cart.lines}


class TestPutting:
    def test_adds_then_replaces_in_place(self):
        cart = cart_of(line(0), line(1), line(0, 3, amount=200))
        assert cart.lines == (line(0, 3, amount=200), line(1))
        assert cart.version == 4

    def test_dates_the_change(self):
        assert EMPTY.put(line(0), LATER).changed_at == LATER

    @pytest.mark.parametrize("quantity", [0, -1, MOST_OF_ONE + 1])
    def test_refuses_impossible_quantities(self, quantity):
        with pytest.raises(InvalidValue):
            line(0, quantity)

    def test_refuses_a_second_currency(self):
        with pytest.raises(MixedCurrency):
            cart_of(line(0), line(1, currency="CHF"))

    def test_refuses_to_replace_one_of_several_in_another_currency(self):
        with pytest.raises(MixedCurrency):
            cart_of(line(0), line(1), line(0, currency="CHF"))
        assert cart_of(line(0), line(0, currency="CHF")).currency == Currency("CHF")

    def test_refuses_one_line_too_many_but_still_changes_the_others(self):
        full = cart_of(*(line(number) for number in range(MOST_LINES)))
        with pytest.raises(CartLimit):
            full.put(line(MOST_LINES), NOW)
        assert full.put(line(0, 2), NOW).line(OFFERS[0]).quantity == 2


class TestTakingOut:
    def test_removes_one_line(self):
        assert cart_of(line(0), line(1)).remove(OFFERS[0], LATER).lines == (line(1),)

    def test_of_what_is_not_there_is_no_change(self):
        cart = cart_of(line(0))
        assert cart.remove(OFFERS[1], LATER) is cart
        assert EMPTY.empty(LATER) is EMPTY

    def test_empties(self):
        emptied = cart_of(line(0), line(1)).empty(LATER)
        assert (emptied.lines, emptied.currency, emptied.subtotal) == ((), None, None)
        assert emptied.changed_at == LATER


def test_the_subtotal_counts_every_piece():
    assert cart_of(line(0, 2), line(1, 3, amount=50)).subtotal == Money(350, Currency("USD"))


# Few examples, as each is a cart or two; shrinking such takes minutes and says no more.
tried = settings(max_examples=repetitions(60), phases=[Phase.explicit, Phase.generate])
carts = st.builds(
    lambda chosen, currency: cart_of(*(line(*each, currency) for each in chosen.items())),
    st.dictionaries(st.integers(0, 24), st.integers(1, MOST_OF_ONE), max_size=MOST_LINES),
    st.sampled_from(["USD", "CHF"]),
)


@tried
@given(carts, carts)
def test_merging_takes_the_larger_quantity_and_reports_everything(mine, guest):
    merged, report = mine.merge(guest, LATER)
    before, theirs, after = quantities(mine), quantities(guest), quantities(merged)

    assert set(report.added) == set(after) - set(before)
    assert set(theirs) <= set(after) | set(report.left_out)
    for offer, quantity in after.items():
        assert quantity in (before.get(offer), theirs.get(offer))
        if offer not in report.left_out:
            assert quantity == max(before.get(offer, 0), theirs.get(offer, 0))
    for offer in report.raised:
        assert after[offer] == theirs[offer] > before[offer]
    assert len(after) <= MOST_LINES
    assert {each.price.currency for each in merged.lines} <= {merged.currency}


@tried
@given(carts, carts)
def test_merging_twice_changes_no_quantity(mine, guest):
    merged, _ = mine.merge(guest, LATER)
    again, report = merged.merge(guest, LATER)
    assert quantities(again) == quantities(merged)
    assert report.added == report.raised == ()


@tried
@given(carts)
def test_merging_an_empty_cart_changes_nothing(mine):
    merged, report = mine.merge(EMPTY, LATER)
    assert merged is mine
    assert report.added == report.raised == report.left_out == ()


@tried
@given(carts, st.sampled_from(OFFERS))
def test_what_is_put_in_and_taken_out_again_is_gone(cart, offer):
    removed = cart.remove(offer, LATER)
    assert removed.line(offer) is None
    assert len(removed.lines) == len(cart.lines) - (cart.line(offer) is not None)
