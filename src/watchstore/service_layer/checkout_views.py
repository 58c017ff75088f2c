"""A checkout as its buyer sees it: the whole price sheet, what is missing, what has changed."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal

from watchstore.domain.checkout import Checkout, CheckoutLine
from watchstore.domain.delivery import offered
from watchstore.domain.errors import VoucherRefused
from watchstore.domain.pricing import LinePrice, PriceSheet
from watchstore.domain.terms import Terms
from watchstore.domain.vouchers import KINDS, UNLIMITED, AmountOff, PercentOff, Voucher
from watchstore.service_layer.ports import UnitOfWork
from watchstore.service_layer.queries import (
    ChangeRow,
    CheckoutLineRow,
    CheckoutView,
    DeliveryRow,
    VoucherRow,
)
from watchstore.service_layer.redeeming import customer_of, usable_voucher


def checkout_view(uow: UnitOfWork, checkout: Checkout, at: datetime, terms: Terms) -> CheckoutView:
    voucher, refused = _voucher(uow, checkout, at)
    sheet = checkout.sheet(terms, at, voucher)
    contact = checkout.contact
    return CheckoutView(
        id=str(checkout.id),
        state=checkout.state(at).value,
        started_at=_iso(checkout.started_at),
        expires_at=_iso(checkout.expires_at),
        latest=_iso(checkout.latest),
        order_number=checkout.order_number.text if checkout.order_number else None,
        email=contact.email.address if contact else None,
        name=contact.name if contact else None,
        phone=contact.phone if contact else None,
        language=contact.language.value if contact else None,
        address=asdict(checkout.address) if checkout.address else None,
        delivery=checkout.delivery.value,
        deliveries=_deliveries(checkout, terms),
        voucher=checkout.voucher.text if checkout.voucher else None,
        voucher_refused=refused,
        lines=_lines(checkout, sheet),
        items_amount=sheet.items.amount,
        discount_amount=sheet.discount.amount,
        delivery_amount=sheet.delivery.amount,
        tax_amount=sheet.tax.amount,
        tax_country=sheet.taxation.country,
        tax_percent=percent_text(sheet.taxation.percent),
        tax_included=sheet.taxation.included,
        net_amount=sheet.net.amount,
        amount=sheet.total.amount,
        currency=sheet.total.currency.code,
        missing=checkout.missing(terms),
        changes=tuple(_changes(uow, checkout)),
    )


def percent_text(percent: Decimal) -> str:
    """`19`, not `19.00`."""
    return f"{percent.normalize():f}"


def voucher_row(voucher: Voucher, used: int) -> VoucherRow:
    benefit = voucher.benefit
    return VoucherRow(
        code=voucher.code.text,
        kind=KINDS[type(benefit)],
        percent=benefit.percent if isinstance(benefit, PercentOff) else None,
        amount=benefit.amount.amount if isinstance(benefit, AmountOff) else None,
        currency=voucher.currency.code if voucher.currency else None,
        minimum_amount=None if voucher.minimum is None else voucher.minimum.amount,
        starts_at=_iso(voucher.starts_at),
        ends_at=_iso(voucher.ends_at) if voucher.ends_at else None,
        closed_at=_iso(voucher.closed_at) if voucher.closed_at else None,
        uses=_limit(voucher.uses),
        uses_per_customer=_limit(voucher.uses_per_customer),
        used=used,
    )


def _limit(uses: int) -> int | None:
    return None if uses == UNLIMITED else uses


def _voucher(
    uow: UnitOfWork, checkout: Checkout, at: datetime
) -> tuple[Voucher | None, str | None]:
    if checkout.voucher is None:
        return None, None
    customer = customer_of(checkout.owner, checkout.contact)
    try:
        return usable_voucher(uow, checkout.voucher, checkout.items, customer, at), None
    except VoucherRefused as refusal:
        return None, str(refusal.details["reason"])


def _deliveries(checkout: Checkout, terms: Terms) -> tuple[DeliveryRow, ...]:
    return tuple(
        DeliveryRow(delivery.value, fee.amount, fee.currency.code)
        for delivery, fee in offered(checkout.currency, checkout.zone(terms))
    )


def _lines(checkout: Checkout, sheet: PriceSheet) -> tuple[CheckoutLineRow, ...]:
    parts = sheet.over([line.price * line.quantity for line in checkout.lines])
    return tuple(_line(line, part) for line, part in zip(checkout.lines, parts, strict=True))


def _line(line: CheckoutLine, part: LinePrice) -> CheckoutLineRow:
    return CheckoutLineRow(
        str(line.offer_id),
        line.brand,
        line.reference,
        line.name,
        line.condition.value,
        line.quantity,
        line.price.amount,
        part.items.amount,
        part.discount.amount,
        part.tax.amount,
        part.total.amount,
        line.price.currency.code,
    )


def _changes(uow: UnitOfWork, checkout: Checkout) -> Iterator[ChangeRow]:
    still = uow.offers.for_sale(checkout.wanted)
    for line in checkout.lines:
        change = "price_changed" if line.seen != line.price else None
        if line.offer_id not in still and checkout.order_number is None:
            change = "gone"
        if change:
            yield ChangeRow(
                str(line.offer_id),
                change,
                line.seen.amount,
                line.price.amount,
                line.price.currency.code,
            )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
