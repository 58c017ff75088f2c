"""From a row of `orders` to what is shown of it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from watchstore.adapters.postgres.repositories.order_rows import to_order
from watchstore.domain.order import OrderLine
from watchstore.service_layer.queries import EntryRow, OrderCard, OrderLineRow, OrderView, RefundRow


def card(row: Row[Any]) -> OrderCard:
    return OrderCard(
        row.number,
        row.state,
        row.placed_at.isoformat(),
        row.email,
        row.items_amount + row.delivery_amount,
        row.currency,
        sum(len(line["pieces"]) for line in row.lines),
    )


def view(row: Row[Any]) -> OrderView:
    """`row` has the state of the payment and the refunds too."""
    order = to_order(row)
    return OrderView(
        number=row.number,
        state=row.state,
        payment=row.payment,
        placed_at=row.placed_at.isoformat(),
        email=row.email,
        name=row.name,
        phone=row.phone,
        address=row.address,
        delivery=row.delivery,
        items_amount=row.items_amount,
        delivery_amount=row.delivery_amount,
        amount=order.prices.total.amount,
        currency=row.currency,
        lines=tuple(_line(line) for line in order.lines),
        carrier=row.carrier,
        tracking=row.tracking,
        timeline=tuple(
            EntryRow(entry.at.isoformat(), entry.state.value, entry.by, entry.note)
            for entry in order.timeline
        ),
        refunded_amount=row.refunded,
        refunds=tuple(_refund(refund) for refund in row.refunds or ()),
    )


def _refund(refund: dict[str, Any]) -> RefundRow:
    return RefundRow(
        refund["id"],
        refund["state"],
        datetime.fromisoformat(refund["asked_at"]).astimezone(UTC).isoformat(),
        refund["amount"],
        refund["currency"],
        len(refund["pieces"]),
        refund["reason"],
    )


def _line(line: OrderLine) -> OrderLineRow:
    return OrderLineRow(
        str(line.offer_id),
        line.brand,
        line.reference,
        line.name,
        line.condition.value,
        line.quantity,
        line.unit_price.amount,
        line.unit_price.currency.code,
    )
