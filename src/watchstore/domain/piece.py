"""ONE physical watch: what comes with it, who holds it and until when, and whose it became."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.identifiers import HoldId, OfferId, OrderId, PieceId, SerialNumber


class PieceState(StrEnum):
    FREE = "free"
    HELD = "held"
    ORDERED = "ordered"  # in an order that is not paid yet: may come back
    SOLD = "sold"
    WITHDRAWN = "withdrawn"  # failed an inspection: not for sale


@dataclass(frozen=True, slots=True)
class Hold:
    """A claim on a piece that ends by itself: past `until` nobody needs to lift it."""

    id: HoldId
    until: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    id: PieceId
    offer_id: OfferId
    received_at: datetime
    serial: SerialNumber | None = None
    box: bool = False
    papers: bool = False
    hold: Hold | None = None
    order_id: OrderId | None = None
    sold_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.sold_at is not None and self.order_id is None:
            raise InvalidValue("sold_at", "a sold piece belongs to an order")
        if self.hold is not None and self.order_id is not None:
            raise InvalidValue("hold", "a piece in an order is not held any more")

        if self.withdrawn_at is not None and (self.hold or self.order_id):
            raise InvalidValue("withdrawn_at", "a withdrawn piece is nobody's")

    def restock(self) -> "Piece":
        """Repaired, or withdrawn by mistake: for sale again."""
        if self.withdrawn_at is None:
            raise IllegalTransition("Only a withdrawn piece can be restocked.")
        return replace(self, withdrawn_at=None)

    def state(self, at: datetime) -> PieceState:
        if self.sold_at is not None:
            return PieceState.SOLD
        if self.order_id is not None:
            return PieceState.ORDERED
        if self.withdrawn_at is not None:
            return PieceState.WITHDRAWN
        held = self.hold is not None and at < self.hold.until
        return PieceState.HELD if held else PieceState.FREE
