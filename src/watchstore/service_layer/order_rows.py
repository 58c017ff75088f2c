"""What both storages tell alike of an order: its lines, and until when it may be returned."""

from collections.abc import Collection, Mapping
from datetime import UTC

from watchstore.domain.identifiers import PieceId, WatchId
from watchstore.domain.order import Order, OrderLine
from watchstore.domain.returning import WINDOW
from watchstore.service_layer.queries import OrderLineRow


def line_rows(
    order: Order, slugs: Mapping[WatchId, str], gone: Collection[PieceId]
) -> tuple[OrderLineRow, ...]:
    """`slugs` are those of published watches; `gone` are the pieces on their way back, and those
    that are paid back."""
    return tuple(
        _row(line, slugs.get(line.watch_id), _returnable(order, line, gone)) for line in order.lines
    )


def return_until(order: Order) -> str | None:
    delivered = order.delivered_at
    return (delivered + WINDOW).astimezone(UTC).isoformat() if delivered else None


def _returnable(order: Order, line: OrderLine, gone: Collection[PieceId]) -> int:
    return sum(piece not in gone for piece in line.pieces) if order.may_come_back else 0


def _row(line: OrderLine, slug: str | None, returnable: int) -> OrderLineRow:
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
    )
