"""A return: asked for by the buyer, approved, received, inspected, and paid back or not."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.identifiers import OrderId, PieceId, RefundId, ReturnId, plain_text

# The right of withdrawal in the EU: fourteen days from delivery.
WINDOW: Final = timedelta(days=14)


class ReturnState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    RECEIVED = "received"
    REJECTED = "rejected"  # inspected, and sent back to the buyer
    ACCEPTED = "accepted"  # inspected; the refund is asked for
    REFUNDED = "refunded"  # without a refund of its own when nothing was left to be paid back


NEXT: Final = {
    ReturnState.REQUESTED: frozenset({ReturnState.APPROVED, ReturnState.DECLINED}),
    ReturnState.APPROVED: frozenset({ReturnState.RECEIVED, ReturnState.DECLINED}),
    ReturnState.DECLINED: frozenset[ReturnState](),
    ReturnState.RECEIVED: frozenset(
        {ReturnState.ACCEPTED, ReturnState.REJECTED, ReturnState.REFUNDED}
    ),
    ReturnState.REJECTED: frozenset[ReturnState](),
    ReturnState.ACCEPTED: frozenset({ReturnState.REFUNDED}),
    ReturnState.REFUNDED: frozenset[ReturnState](),
}


@dataclass(frozen=True, slots=True)
class Return:
    """`restocked` says whether its pieces are for sale again; None until they were inspected."""

    id: ReturnId
    order_id: OrderId
    pieces: tuple[PieceId, ...]
    reason: str
    requested_at: datetime
    state: ReturnState = ReturnState.REQUESTED
    restocked: bool | None = None
    refund_id: RefundId | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not self.pieces:
            raise InvalidValue("lines", "must not be empty")

    @property
    def claims(self) -> bool:
        """Whether its pieces are spoken for: no second return may name them."""
        return self.state not in (ReturnState.DECLINED, ReturnState.REJECTED)

    @property
    def open(self) -> bool:
        """Whether it may still be paid back, and was not asked to be."""
        return self.claims and self.restocked is None

    def approve(self, note: str = "") -> "Return":
        return self._to(ReturnState.APPROVED, note)

    def decline(self, note: str) -> "Return":
        return self._to(ReturnState.DECLINED, note)

    def receive(self, note: str = "") -> "Return":
        return self._to(ReturnState.RECEIVED, note)

    def reject(self, note: str) -> "Return":
        return self._to(ReturnState.REJECTED, note)

    def accept(self, refund_id: RefundId | None, *, restock: bool, note: str = "") -> "Return":
        """Without a refund it is over: nothing is left to be paid back."""
        self._require(ReturnState.RECEIVED, ReturnState.ACCEPTED)  # not while its refund is pending
        accepted = self._to(ReturnState.ACCEPTED if refund_id else ReturnState.REFUNDED, note)
        return replace(accepted, refund_id=refund_id, restocked=restock)

    def repay(self, refund_id: RefundId | None) -> "Return":
        """Its refund was refused: another pays for it; none when nothing is left to be paid."""
        self._require(ReturnState.ACCEPTED, ReturnState.ACCEPTED)
        return replace(self, refund_id=refund_id) if refund_id else self.paid_back()

    def paid_back(self) -> "Return":
        self._require(ReturnState.ACCEPTED, ReturnState.REFUNDED)
        return self._to(ReturnState.REFUNDED, self.note)

    def _to(self, state: ReturnState, note: str) -> "Return":
        if state not in NEXT[self.state]:
            raise self._illegal(state)
        return replace(self, state=state, note=plain_text(note, "note", longest=200, empty=True))

    def _require(self, before: ReturnState, after: ReturnState) -> None:
        if self.state is not before:
            raise self._illegal(after)

    def _illegal(self, state: ReturnState) -> IllegalTransition:
        return IllegalTransition(
            f"A return that is {self.state} cannot become {state}.", state=self.state
        )
