"""From an order, or a refund of it, to the paper that says so."""

from collections.abc import Collection, Iterator
from datetime import datetime
from fractions import Fraction

from watchstore.domain.identifiers import PieceId
from watchstore.domain.money import Money, total
from watchstore.domain.order import Order, OrderLine
from watchstore.domain.papers import (
    LineKind,
    Paper,
    PaperLine,
    PaperNumber,
    Recipient,
    Seller,
)
from watchstore.domain.pricing import LinePrice
from watchstore.domain.refund import Refund


def invoice(order: Order, number: PaperNumber, *, seller: Seller, at: datetime) -> Paper:
    """Every line as it was sold, and its delivery; they add up to what was charged."""
    watches = [_watch(order, line, part, line.quantity) for line, part in _priced(order)]
    lines = (*watches, *_delivery(order, watches))
    return _paper(order, number, lines, seller=seller, at=at)


def credit_note(
    order: Order,
    refund: Refund,
    number: PaperNumber,
    *,
    corrects: PaperNumber,
    seller: Seller,
    at: datetime,
) -> Paper:
    """What was paid back: pieces at their part of the price, or an amount with its part of tax.

    Pieces that were paid back in part before are an amount.
    """
    whole = refund.pieces and order.price_of(refund.pieces) == refund.amount
    lines = tuple(_returned(order, refund.pieces)) if whole else (_amount(order, refund),)
    return _paper(order, number, lines, seller=seller, at=at, refund=refund, corrects=corrects)


def _paper(
    order: Order,
    number: PaperNumber,
    lines: tuple[PaperLine, ...],
    *,
    seller: Seller,
    at: datetime,
    refund: Refund | None = None,
    corrects: PaperNumber | None = None,
) -> Paper:
    return Paper(
        number,
        order.id,
        order.number,
        order.placed_at,
        at,
        order.contact.language,
        seller,
        Recipient(order.contact.name, order.contact.email, order.address),
        lines,
        order.prices.taxation.country,
        order.prices.taxation.included,
        refund.id if refund else None,
        corrects,
    )


def _priced(order: Order) -> Iterator[tuple[OrderLine, LinePrice]]:
    parts = order.prices.over([line.unit_price * line.quantity for line in order.lines])
    return zip(order.lines, parts, strict=True)


def _watch(order: Order, line: OrderLine, part: LinePrice, quantity: int) -> PaperLine:
    return PaperLine(
        LineKind.WATCH,
        f"{line.brand} {line.name}",
        quantity,
        line.unit_price,
        part.discount,
        order.prices.taxation.percent,
        part.tax,
        part.total,
        line.reference,
        line.condition,
    )


def _delivery(order: Order, watches: Collection[PaperLine]) -> Iterator[PaperLine]:
    """What is left of the sheet when the watches are taken out of it; nothing is no line."""
    currency = order.prices.total.currency
    rest = order.prices.total - total([line.total for line in watches], currency)
    if rest:
        tax = order.prices.tax - total([line.tax for line in watches], currency)
        percent = order.prices.taxation.percent
        fee, nothing = order.prices.delivery, Money.zero(currency)
        yield PaperLine(
            LineKind.DELIVERY, order.delivery.value, 1, fee, nothing, percent, tax, rest
        )


def _returned(order: Order, pieces: Collection[PieceId]) -> Iterator[PaperLine]:
    for line, whole in _priced(order):
        back = [index for index, piece in enumerate(line.pieces) if piece in pieces]
        if back:
            amounts = (whole.items, whole.discount, whole.tax, whole.total)
            part = LinePrice(*(_share(each, back, line.quantity) for each in amounts))
            yield _watch(order, line, part, len(back))


def _share(amount: Money, back: Collection[int], of: int) -> Money:
    """What falls to these pieces of a line, as `Order.price_of` counts it."""
    shares = amount.allocate([1] * of)
    return total([shares[index] for index in back], amount.currency)


def _amount(order: Order, refund: Refund) -> PaperLine:
    sheet = order.prices
    tax = refund.amount.share(Fraction(sheet.tax.amount, sheet.total.amount))
    nothing = Money.zero(refund.amount.currency)
    return PaperLine(
        LineKind.AMOUNT,
        refund.reason,
        1,
        refund.amount,
        nothing,
        sheet.taxation.percent,
        tax,
        refund.amount,
    )
