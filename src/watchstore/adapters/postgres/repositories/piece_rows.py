"""A piece as a row, and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from watchstore.domain.identifiers import HoldId, OfferId, OrderId, PieceId, SerialNumber
from watchstore.domain.piece import Hold, Piece


def changing_values(piece: Piece) -> dict[str, object]:
    return {
        "received_at": piece.received_at,
        "serial": piece.serial.text if piece.serial else None,
        "box": piece.box,
        "papers": piece.papers,
        "hold_id": piece.hold.id if piece.hold else None,
        "hold_until": piece.hold.until if piece.hold else None,
        "order_id": piece.order_id,
        "sold_at": piece.sold_at,
        "withdrawn_at": piece.withdrawn_at,
    }


def piece_document(piece: Piece) -> dict[str, object]:
    values = {
        "id": piece.id,
        "offer_id": piece.offer_id,
        **changing_values(piece),
    }
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool) else str(value)


def to_piece(row: Row[Any]) -> Piece:
    return Piece(
        PieceId(row.id),
        OfferId(row.offer_id),
        row.received_at,
        serial=SerialNumber(row.serial) if row.serial is not None else None,
        box=row.box,
        papers=row.papers,
        hold=Hold(HoldId(row.hold_id), row.hold_until) if row.hold_id else None,
        order_id=OrderId(row.order_id) if row.order_id else None,
        sold_at=row.sold_at,
        withdrawn_at=row.withdrawn_at,
    )
