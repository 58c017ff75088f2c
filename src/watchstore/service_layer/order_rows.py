"""What both storages tell alike of an order: its lines, its way, what may come back."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from watchstore.domain.identifiers import PieceId, WatchId
from watchstore.domain.order import Order, OrderLine
from watchstore.domain.returning import WINDOW
from watchstore.service_layer.queries import EntryRow, OrderLineRow, ParcelRow


def line_rows(
    order: Order, slugs: Mapping[WatchId, str], gone: Collection[PieceId]
) -> tuple[OrderLineRow, ...]:
    """`slugs` are those of published watches; `gone` are the pieces on their way back, and those
    that are paid back."""
    return tuple(
        _row(
            line,
            slugs.get(line.watch_id),
            returnable=_returnable(order, line, gone),
            left_out=len(set(line.pieces).intersection(order.left_out)),
        )
        for line in order.lines
    )


def return_until(order: Order) -> str | None:
    delivered = order.delivered_at
    return _iso(delivered + WINDOW) if delivered else None


def entry_rows(order: Order) -> tuple[EntryRow, ...]:
    return tuple(
        EntryRow(_iso(entry.at), entry.state.value, entry.by, entry.note)
        for entry in order.timeline
    )


def parcel_rows(order: Order) -> tuple[ParcelRow, ...]:
    return tuple(
        ParcelRow(parcel.carrier, parcel.tracking, len(parcel.pieces)) for parcel in order.parcels
    )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _returnable(order: Order, line: OrderLine, gone: Collection[PieceId]) -> int:
    if not order.may_come_back:
        return 0
    return sum(piece not in gone and piece not in order.left_out for piece in line.pieces)


def _row(line: OrderLine, slug: str | None, *, returnable: int, left_out: int) -> OrderLineRow:
    return OrderLineRow(
        str(line.offer_id),
        slug,
        line.brand,
        line.reference,
        line.name,
        line.condition.value,
        line.quantity,
        line.unit_price.amount,
        line.unit_price.currency.code,
        returnable,
        left_out,
    )
