"""Money adds up to the last minor unit, whatever is bought, taken off and taxed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness.records import a_watch, an_offer, an_order
from tests.harness.torture import repetitions

from watchstore.domain import (
    Address,
    AmountOff,
    Condition,
    Currency,
    Delivery,
    Destination,
    FreeDelivery,
    Money,
    OfferId,
    OrderLine,
    PercentOff,
    PieceId,
    PriceSheet,
    Taxation,
    TaxPolicy,
    Terms,
    Voucher,
    VoucherCode,
    VoucherId,
    WatchId,
    Zone,
    price,
)
from watchstore.domain.delivery import offered
from watchstore.domain.money import total
from watchstore.domain.tax import EU

EUR = Currency("EUR")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

amounts = st.integers(1, 10**14).map(lambda amount: Money(amount, EUR))
lines = st.lists(st.tuples(amounts, st.integers(1, 10)), min_size=1, max_size=20)
benefits = (
    st.builds(PercentOff, st.integers(1, 99))
    | st.builds(AmountOff, amounts)
    | st.just(FreeDelivery())
)
vouchers = st.none() | benefits.map(
    lambda benefit: Voucher(VoucherId(UUID(int=1)), VoucherCode("ANY"), benefit, NOW, currency=EUR)
)
taxations = st.builds(
    lambda country, included: TaxPolicy(included=included).of(
        Destination(country), date(2026, 3, 1)
    ),
    st.sampled_from((*sorted(EU), "CH", "US")),
    st.booleans(),
)
sheets = st.builds(
    lambda bought, delivery, taxation, voucher: (
        bought,
        price(bought, delivery, taxation=taxation, voucher=voucher),
    ),
    lines,
    st.sampled_from(Delivery),
    taxations,
    vouchers,
)
AN_ORDER = an_order(an_offer(a_watch()))
tried = settings(max_examples=repetitions(200))


@tried
@given(sheets)
def test_a_sheet_adds_up(made):
    bought, sheet = made
    assert sheet.items == total([unit * quantity for unit, quantity in bought], EUR)
    added = Money(0, EUR) if sheet.taxation.included else sheet.tax
    assert sheet.total == sheet.items - sheet.discount + sheet.delivery + added
    assert sheet.net + sheet.tax == sheet.total
    assert sheet.total.amount > 0
    assert 0 <= sheet.discount.amount < sheet.items.amount
    assert sheet.tax.amount >= 0


@tried
@given(sheets)
def test_the_lines_and_the_delivery_add_up_to_the_sheet(made):
    bought, sheet = made
    parts = sheet.over([unit * quantity for unit, quantity in bought])
    assert total([part.items for part in parts], EUR) == sheet.items
    assert total([part.discount for part in parts], EUR) == sheet.discount
    rest = sheet.total - total([part.total for part in parts], EUR)
    taxed = sheet.tax - total([part.tax for part in parts], EUR)
    assert rest == (sheet.delivery if sheet.taxation.included else sheet.delivery + taxed)
    assert 0 <= taxed.amount <= sheet.delivery.amount
    for part in parts:
        assert 0 <= part.discount.amount <= part.items.amount
        assert part.tax.amount >= 0


@tried
@given(sheets)
def test_the_tax_is_right_to_half_a_cent(made):
    _, sheet = made
    taxed = sheet.items - sheet.discount + sheet.delivery
    percent = sheet.taxation.percent
    whole = 100 + percent if sheet.taxation.included else Decimal(100)
    assert abs(2 * (sheet.tax.amount * whole - taxed.amount * percent)) <= whole


@tried
@given(sheets)
def test_what_is_paid_back_piece_by_piece_is_what_was_paid(made):
    bought, sheet = made
    sold = tuple(
        OrderLine(
            OfferId(UUID(int=n)),
            WatchId(UUID(int=n)),
            "Brand",
            "R",
            "Name",
            Condition.NEW,
            unit,
            tuple(PieceId(UUID(int=100 * n + piece)) for piece in range(quantity)),
        )
        for n, (unit, quantity) in enumerate(bought)
    )
    order = replace(AN_ORDER, lines=sold, prices=sheet)
    each = [order.price_of([piece]) for piece in order.pieces]
    assert total(each, EUR) == order.price_of(order.pieces)
    parts = sheet.over([unit * quantity for unit, quantity in bought])
    assert total(each, EUR) == total([part.total for part in parts], EUR)


def test_free_delivery_bears_no_tax():
    taxation = Taxation("DE", Decimal(19))
    sheet = price([(Money(11_900, EUR), 1)], Delivery.STANDARD, taxation=taxation)
    (part,) = sheet.over([sheet.items])
    assert part.tax == sheet.tax == Money(1_900, EUR)


def test_delivery_costs_by_zone():
    assert [Zone.of(country) for country in ("DE", "CH", "JP")] == list(Zone)
    assert [Delivery.EXPRESS.fee(EUR, zone).decimal for zone in Zone] == [40, 40, 80]
    assert [Delivery.INSURED.fee(EUR, zone).decimal for zone in Zone] == [15, 20, 35]
    assert not Delivery.SIGNATURE.is_offered(EUR, Zone.WORLD)
    codes = {delivery for delivery, _ in offered(Currency("JPY"), Zone.WORLD)}
    assert codes == {Delivery.STANDARD, Delivery.PICK_UP}


@pytest.mark.parametrize(
    ("delivery", "country", "percent"),
    [(Delivery.STANDARD, "FR", 20), (Delivery.PICK_UP, "FR", 19), (Delivery.STANDARD, "US", 0)],
)
def test_tax_is_due_where_the_watch_changes_hands(delivery, country, percent):
    home = Address.parse(name="A", street="B", city="C", postcode="1", country=country)
    sheet = Terms().price([(Money(100, EUR), 1)], delivery, home, at=NOW)
    assert sheet.taxation.percent == percent


def test_a_plain_sheet_has_no_discount_and_no_tax():
    sheet = PriceSheet.plain(Money(100, EUR), Money(5, EUR))
    assert (sheet.total, sheet.net) == (Money(105, EUR), Money(105, EUR))
