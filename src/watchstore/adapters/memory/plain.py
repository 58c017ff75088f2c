"""Plain values of flat rows: times as ISO 8601 in UTC, and what is left of an offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from watchstore.domain.piece import Piece, PieceState
from watchstore.service_layer.queries import Availability


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Stock:
    """How many pieces of an offer are in each state."""

    free: int
    held: int
    ordered: int
    sold: int

    @classmethod
    def of(cls, pieces: Iterable[Piece], at: datetime) -> "Stock":
        states = [piece.state(at) for piece in pieces]
        return cls(
            states.count(PieceState.FREE),
            states.count(PieceState.HELD),
            states.count(PieceState.ORDERED),
            states.count(PieceState.SOLD),
        )

    @property
    def reserved(self) -> int:
        return self.held + self.ordered

    @property
    def availability(self) -> Availability:
        return Availability.of_offer(free=self.free, reserved=self.reserved)
