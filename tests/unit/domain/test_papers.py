"""Invoices and credit notes add up to the cent, whatever was sold."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness.papers import (
    FIRST,
    FIRST_CREDIT,
    ISSUED,
    a_credit_note,
    a_refund_of,
    an_invoice,
    an_order_of,
)
from tests.harness.torture import repetitions

from watchstore.domain import Money, PaperKind, PaperNumber
from watchstore.domain.errors import InvalidValue
from watchstore.domain.language import Language
from watchstore.domain.papers import LineKind, year_of

shops = st.fixed_dictionaries(
    {
        "lines": st.integers(1, 6),
        "each": st.integers(1, 5),
        "percent": st.sampled_from(["0", "7.7", "19", "25.5"]),
        "included": st.booleans(),
        "currency": st.sampled_from(["EUR", "USD", "GBP"]),
    }
)
some = settings(max_examples=repetitions(60))


@some
@given(shop=shops)
def test_the_lines_of_an_invoice_are_what_was_charged(shop) -> None:
    order = an_order_of(**shop)
    paper = an_invoice(order)
    assert paper.total == order.prices.total
    (rate,) = paper.rates
    assert (rate.tax, rate.total) == (order.prices.tax, order.prices.total)
    assert rate.net == order.prices.net
    assert paper.discount == order.prices.discount
    assert [line.kind for line in paper.lines][-1] is LineKind.DELIVERY


@some
@given(shop=shops, data=st.data())
def test_the_lines_of_a_credit_note_are_what_went_back(shop, data) -> None:
    order = an_order_of(**shop)
    pieces = data.draw(st.lists(st.sampled_from(order.pieces), min_size=1, unique=True))
    paper = a_credit_note(order, a_refund_of(order, *pieces))
    assert paper.total == order.price_of(pieces)
    assert sum(line.quantity for line in paper.lines) == len(pieces)


@some
@given(shop=shops)
def test_all_pieces_credited_are_the_tax_of_all_their_lines(shop) -> None:
    order = an_order_of(**shop)
    back = a_credit_note(order, a_refund_of(order, *order.pieces))
    *watches, _delivery = an_invoice(order).lines
    assert [line.tax for line in back.lines] == [line.tax for line in watches]
    assert [line.total for line in back.lines] == [line.total for line in watches]


@some
@given(shop=shops, cents=st.integers(1, 100_000))
def test_an_amount_has_its_part_of_the_tax(shop, cents) -> None:
    order = an_order_of(**shop)
    amount = Money(cents, order.prices.total.currency)
    (line,) = a_credit_note(order, a_refund_of(order, amount=amount)).lines
    assert line.total == amount
    exact = cents * order.prices.tax.amount / order.prices.total.amount
    assert abs(line.tax.amount - exact) <= 0.5


def test_nothing_is_said_of_a_delivery_that_costs_nothing() -> None:
    order = an_order_of()
    prices = replace(order.prices, delivery=Money.of(0, "EUR"))
    tax = prices.taxation.of(prices.items - prices.discount)
    paper = an_invoice(replace(order, prices=replace(prices, tax=tax)))
    assert {line.kind for line in paper.lines} == {LineKind.WATCH}


def test_a_credit_note_names_the_invoice_that_it_corrects() -> None:
    order = an_order_of(language="de")
    paper = a_credit_note(order, a_refund_of(order, order.pieces[0]))
    assert (paper.invoice, paper.language) == (FIRST, Language.DE)


@pytest.mark.parametrize("text", ["2026-000001", "C2026-000045", "2026-1000000"])
def test_a_number_is_read_as_it_is_written(text) -> None:
    assert PaperNumber.parse(text).text == text
    kind = PaperKind.CREDIT_NOTE if text.startswith("C") else PaperKind.INVOICE
    assert PaperNumber.parse(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-1",
        "2026-000000",
        "I2026-000001",
        "2026-\N{ARABIC-INDIC DIGIT ONE}00000",
        "0000-000001",
    ],
)
def test_what_is_no_number_is_refused(text) -> None:
    with pytest.raises(InvalidValue):
        PaperNumber.parse(text)


def test_the_year_is_that_of_the_day_in_utc() -> None:
    late = datetime.fromisoformat("2026-12-31T23:30:00-02:00")
    assert year_of(late) == 2027
    assert year_of(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)) == 2026


@pytest.mark.parametrize(
    "change",
    [
        {"lines": ()},
        {"issued_at": ISSUED.replace(year=2027)},
        {"number": FIRST_CREDIT},
    ],
    ids=["no lines", "another year", "a credit note of nothing"],
)
def test_what_is_no_paper_is_refused(change) -> None:
    with pytest.raises(InvalidValue):
        replace(an_invoice(), **change)
