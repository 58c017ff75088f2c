"""An order as a row, and back."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from watchstore.domain.address import Address, Contact
from watchstore.domain.delivery import Delivery
from watchstore.domain.identifiers import (
    Email,
    HoldId,
    OfferId,
    OrderId,
    OrderNumber,
    PieceId,
    UserId,
    VoucherCode,
    WatchId,
)
from watchstore.domain.language import Language
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition
from watchstore.domain.order import Entry, Order, OrderLine, OrderState, Parcel
from watchstore.domain.pricing import PriceSheet
from watchstore.domain.tax import Taxation


def order_values(order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "number": order.number.text,
        "email": order.contact.email.address,
        "name": order.contact.name,
        "phone": order.contact.phone,
        "language": order.contact.language.value,
        "address": asdict(order.address) if order.address else None,
        "delivery": order.delivery.value,
        "lines": [_line_document(line) for line in order.lines],
        "currency": order.prices.items.currency.code,
        "items_amount": order.prices.items.amount,
        "delivery_amount": order.prices.delivery.amount,
        "discount_amount": order.prices.discount.amount,
        "tax_amount": order.prices.tax.amount,
        "tax_percent": order.prices.taxation.percent,
        "tax_included": order.prices.taxation.included,
        "tax_country": order.prices.taxation.country,
        "voucher": order.prices.voucher.text if order.prices.voucher else None,
        "placed_at": order.placed_at,
        "buyer": order.buyer,
        "guest_hash": order.guest_hash,
        "hold_id": order.hold_id,
        **changing_values(order),
    }


def changing_values(order: Order) -> dict[str, object]:
    return {
        "state": order.state.value,
        "parcels": [
            {
                "carrier": parcel.carrier,
                "tracking": parcel.tracking,
                "pieces": [str(piece) for piece in parcel.pieces],
            }
            for parcel in order.parcels
        ],
        "timeline": [
            {
                "at": entry.at.isoformat(),
                "state": entry.state.value,
                "by": entry.by,
                "note": entry.note,
            }
            for entry in order.timeline
        ],
        "left_out": [str(piece) for piece in order.left_out],
    }


def to_order(row: Row[Any]) -> Order:
    currency = Currency(row.currency)
    return Order(
        OrderId(row.id),
        OrderNumber(row.number),
        Contact(Email(row.email), row.name, row.phone, Language(row.language)),
        Address(**row.address) if row.address else None,
        Delivery(row.delivery),
        tuple(_to_line(line, currency) for line in row.lines),
        _to_sheet(row, currency),
        row.placed_at,
        buyer=UserId(row.buyer) if row.buyer else None,
        guest_hash=row.guest_hash,
        hold_id=HoldId(row.hold_id) if row.hold_id else None,
        state=OrderState(row.state),
        parcels=tuple(_to_parcel(parcel) for parcel in row.parcels),
        timeline=tuple(_to_entry(entry) for entry in row.timeline),
        left_out=_to_pieces(row.left_out),
    )


def _to_sheet(row: Row[Any], currency: Currency) -> PriceSheet:
    return PriceSheet(
        Money(row.items_amount, currency),
        Money(row.delivery_amount, currency),
        Money(row.discount_amount, currency),
        Money(row.tax_amount, currency),
        Taxation(row.tax_country, row.tax_percent, row.tax_included),
        VoucherCode(row.voucher) if row.voucher else None,
    )


def _line_document(line: OrderLine) -> dict[str, object]:
    return {
        "offer_id": str(line.offer_id),
        "watch_id": str(line.watch_id),
        "brand": line.brand,
        "reference": line.reference,
        "name": line.name,
        "condition": line.condition.value,
        "amount": line.unit_price.amount,
        "pieces": [str(piece) for piece in line.pieces],
    }


def _to_line(line: dict[str, Any], currency: Currency) -> OrderLine:
    return OrderLine(
        OfferId(UUID(line["offer_id"])),
        WatchId(UUID(line["watch_id"])),
        line["brand"],
        line["reference"],
        line["name"],
        Condition(line["condition"]),
        Money(line["amount"], currency),
        _to_pieces(line["pieces"]),
    )


def _to_parcel(parcel: dict[str, Any]) -> Parcel:
    return Parcel(parcel["carrier"], parcel["tracking"], _to_pieces(parcel["pieces"]))


def _to_pieces(named: list[str]) -> tuple[PieceId, ...]:
    return tuple(PieceId(UUID(piece)) for piece in named)


def _to_entry(entry: dict[str, str]) -> Entry:
    at = datetime.fromisoformat(entry["at"]).astimezone(UTC)
    return Entry(at, OrderState(entry["state"]), entry["by"], entry["note"])
