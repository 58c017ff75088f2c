"""Money adds up: no cent is lost or made, and two currencies never mix."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from watchstore.domain import Currency, Money
from watchstore.domain.errors import InvalidValue, MixedCurrency
from watchstore.domain.money import LARGEST, total

USD, CHF = Currency("USD"), Currency("CHF")
amounts = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


def usd(amount):
    return Money(amount, USD)


@given(amounts, amounts, amounts)
def test_sums_do_not_depend_on_the_order(a, b, c):
    assert usd(a) + usd(b) == usd(b) + usd(a)
    assert (usd(a) + usd(b)) + usd(c) == usd(a) + (usd(b) + usd(c))
    assert usd(a) + usd(b) - usd(b) == usd(a)
    assert total([usd(a), usd(b), usd(c)], USD).amount == a + b + c


@given(amounts, st.integers(0, 50))
def test_times_is_repeated_addition(amount, count):
    assert usd(amount) * count == total([usd(amount)] * count, USD)


@given(amounts, weights)
def test_parts_add_up_to_the_whole(amount, shares):
    parts = usd(amount).allocate(shares)
    assert total(parts, USD) == usd(amount)
    assert len(parts) == len(shares)


@given(amounts, weights)
def test_no_part_is_a_cent_off_its_fair_share(amount, shares):
    for part, share in zip(usd(amount).allocate(shares), shares, strict=True):
        assert abs(Decimal(part.amount) - Decimal(amount) * share / sum(shares)) < 1


@given(st.integers(0, 10**12), weights)
def test_no_weight_gives_no_part(amount, shares):
    for part, share in zip(usd(amount).allocate(shares), shares, strict=True):
        assert share or not part


def test_the_largest_remainder_gets_the_rest():
    assert [part.amount for part in usd(100).allocate([1, 1, 1])] == [34, 33, 33]
    assert [part.amount for part in usd(10).allocate([1, 2, 4])] == [1, 3, 6]


@pytest.mark.parametrize("shares", [[], [0], [0, 0], [1, -1, 5]])
def test_weights_must_say_something(shares):
    with pytest.raises(InvalidValue):
        usd(1).allocate(shares)


@given(st.integers(-(10**9), 10**9), st.decimals(0, 1, places=4))
def test_shares_are_rounded_half_to_even(amount, fraction):
    expected = (Decimal(amount) * fraction).quantize(Decimal(1), ROUND_HALF_EVEN)
    assert usd(amount).share(fraction).amount == expected


@pytest.mark.parametrize(("amount", "half"), [(1, 0), (3, 2), (5, 2), (-1, 0), (-3, -2)])
def test_a_half_goes_to_the_even_neighbour(amount, half):
    assert usd(amount).share(Decimal("0.5")).amount == half


@given(st.data())
def test_major_units_come_back(data):
    money = data.draw(strategies.prices())
    assert Money.of(money.decimal, money.currency.code) == money
    assert Money.of(str(money.decimal), money.currency.code.lower()) == money


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("23400", "USD", 2_340_000), ("0.05", "CHF", 5), ("5", "JPY", 5), ("1.234", "KWD", 1234)],
)
def test_minor_units_follow_the_currency(text, currency, minor):
    assert Money.of(text, currency).amount == minor


@pytest.mark.parametrize("text", ["0.001", "1e-3", "nan", "inf", "-inf", "ten", "", "1,000"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InvalidValue) as refusal:
        Money.of(text, "USD")
    assert refusal.value.field == "amount"


@pytest.mark.parametrize("code", ["XXX", "", "US", "$"])
def test_unknown_currencies_are_refused(code):
    with pytest.raises(InvalidValue) as refusal:
        Currency.parse(code)
    assert refusal.value.field == "currency"


@pytest.mark.parametrize(
    "mix",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
    ],
)
def test_two_currencies_never_mix(mix):
    with pytest.raises(MixedCurrency):
        mix(usd(1), Money(1, CHF))


def test_sixty_four_bits_are_the_limit():
    assert usd(LARGEST).amount == LARGEST
    for call in (
        lambda: usd(LARGEST + 1),
        lambda: usd(-LARGEST - 1),
        lambda: usd(LARGEST) + usd(1),
        lambda: usd(LARGEST) * 2,
    ):
        with pytest.raises(InvalidValue):
            call()


def test_it_compares_and_prints():
    assert usd(1) < usd(2) <= usd(2)
    assert not usd(2) <= usd(1)
    assert not usd(0)
    assert usd(1)
    assert str(Money.of("23400.5", "USD")) == "23,400.50 USD"
    assert str(Money.of(1500, "JPY")) == "1,500 JPY"
    assert Money.zero(CHF) == Money(0, CHF)
