"""Money on its way back to the buyer: asked of the gateway once, whoever repeats the call."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.identifiers import OrderId, PaymentId, PieceId, RefundId
from watchstore.domain.money import Money


class RefundState(StrEnum):
    PENDING = "pending"  # the gateway's answer is unknown
    DONE = "done"
    REFUSED = "refused"


NEXT: Final = {
    RefundState.PENDING: frozenset({RefundState.DONE, RefundState.REFUSED}),
    RefundState.DONE: frozenset[RefundState](),
    RefundState.REFUSED: frozenset[RefundState](),
}


@dataclass(frozen=True, slots=True)
class Refund:
    """`pieces` are those it pays back; none for an amount that belongs to no piece."""

    id: RefundId
    order_id: OrderId
    payment_id: PaymentId
    amount: Money
    asked_at: datetime
    by: str
    reason: str = ""
    pieces: tuple[PieceId, ...] = ()
    state: RefundState = RefundState.PENDING
    refusal: str | None = None

    def __post_init__(self) -> None:
        if self.amount.amount <= 0:
            raise InvalidValue("amount", "must be more than nothing")

    @property
    def key(self) -> str:
        """The gateway's idempotency key: the same for every repetition of this refund."""
        return f"{self.id}:refund"

    @property
    def counts(self) -> bool:
        """Whether its money has left, or may have."""
        return self.state is not RefundState.REFUSED

    def answered(self, *, approved: bool, reason: str | None = None) -> "Refund":
        state = RefundState.DONE if approved else RefundState.REFUSED
        if state not in NEXT[self.state]:
            raise IllegalTransition(f"A refund that is {self.state} awaits no answer.")
        return replace(self, state=state, refusal=None if approved else reason)
