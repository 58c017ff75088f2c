"""The money of one order: what was asked of the gateway, and what it answered.

A state ending in "-ing" means that a call is under way or its answer is unknown; the call may
be repeated with the same key until an answer is recorded. A refusal is an answer: whoever asks
again after one makes a new attempt, with a key of its own. At most `amount` is ever taken, and
at most what was taken is given back: `refunded` counts a refund from the moment it is asked.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import IllegalTransition, InvalidValue, RefundTooLarge
from watchstore.domain.identifiers import OrderId, PaymentId
from watchstore.domain.money import Money


class Operation(StrEnum):
    AUTHORISE = "authorise"
    CAPTURE = "capture"
    VOID = "void"


class PaymentState(StrEnum):
    AUTHORISING = "authorising"
    AUTHORISED = "authorised"
    DECLINED = "declined"
    CAPTURING = "capturing"
    CAPTURED = "captured"
    VOIDING = "voiding"
    VOIDED = "voided"


PENDING: Final = {
    PaymentState.AUTHORISING: Operation.AUTHORISE,
    PaymentState.CAPTURING: Operation.CAPTURE,
    PaymentState.VOIDING: Operation.VOID,
}
_APPROVED: Final = {
    Operation.AUTHORISE: PaymentState.AUTHORISED,
    Operation.CAPTURE: PaymentState.CAPTURED,
    Operation.VOID: PaymentState.VOIDED,
}
_REFUSED: Final = {
    Operation.AUTHORISE: PaymentState.DECLINED,
    Operation.CAPTURE: PaymentState.AUTHORISED,
    Operation.VOID: PaymentState.VOIDING,  # somebody has to let go of it: it is asked again
}
NEXT: Final = {
    PaymentState.AUTHORISING: frozenset({PaymentState.AUTHORISED, PaymentState.DECLINED}),
    PaymentState.AUTHORISED: frozenset({PaymentState.CAPTURING, PaymentState.VOIDING}),
    PaymentState.DECLINED: frozenset[PaymentState](),
    PaymentState.CAPTURING: frozenset({PaymentState.CAPTURED, PaymentState.AUTHORISED}),
    PaymentState.CAPTURED: frozenset[PaymentState](),
    PaymentState.VOIDING: frozenset({PaymentState.VOIDED}),
    PaymentState.VOIDED: frozenset[PaymentState](),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """`card` is the gateway's token, never a card number; `refunded` is in minor units.

    `refusals` counts the captures and voids that were refused, not those without an answer.
    """

    id: PaymentId
    order_id: OrderId
    amount: Money
    card: str
    started_at: datetime
    state: PaymentState = PaymentState.AUTHORISING
    reference: str | None = None
    reason: str | None = None
    refunded: int = 0
    refusals: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.refunded <= self.captured.amount:
            raise InvalidValue("refunded", "must be between nothing and what was captured")

    @property
    def captured(self) -> Money:
        """What was taken: everything at once, at the first dispatch."""
        taken = self.state is PaymentState.CAPTURED
        return self.amount if taken else Money.zero(self.amount.currency)

    @property
    def refundable(self) -> Money:
        return self.captured - Money(self.refunded, self.amount.currency)

    @property
    def pending(self) -> Operation | None:
        """The call whose answer is still unknown."""
        return PENDING.get(self.state)

    def key(self, operation: Operation) -> str:
        """The gateway's idempotency key: the same for every repetition of one attempt."""
        first = f"{self.id}:{operation}"
        if operation is Operation.AUTHORISE or not self.refusals:
            return first
        return f"{first}:{self.refusals + 1}"

    def awaits(self, key: str) -> bool:
        """Whether the answer to the call with that key is still to be recorded."""
        return self.pending is not None and self.key(self.pending) == key

    def capture(self) -> "Payment":
        return self._to(PaymentState.CAPTURING)

    def void(self) -> "Payment":
        return self._to(PaymentState.VOIDING)

    def rest(self) -> Money:
        """All that can be refunded; raises RefundTooLarge when that is nothing."""
        if self.state is not PaymentState.CAPTURED:
            raise IllegalTransition("Nothing is charged: there is nothing to refund.")
        if not self.refundable:
            raise self._too_large()
        return self.refundable

    def refund(self, amount: Money) -> "Payment":
        """Set an amount aside for a refund; raises RefundTooLarge."""
        if self.rest() < amount:
            raise self._too_large()
        return replace(self, refunded=self.refunded + amount.amount)

    def keep(self, amount: Money) -> "Payment":
        """The gateway refused a refund: the amount is still with the shop."""
        return replace(self, refunded=self.refunded - amount.amount)

    def waiting(self, reference: str) -> "Payment":
        """The gateway has it, and waits for the buyer; its own name for it is known already."""
        if self.state is not PaymentState.AUTHORISING:
            raise IllegalTransition(f"A payment that is {self.state} waits for nobody.")
        return replace(self, reference=reference)

    @property
    def waits_for_the_buyer(self) -> bool:
        return self.state is PaymentState.AUTHORISING and self.reference is not None

    def answered(
        self, operation: Operation, *, approved: bool, reference: str, reason: str | None = None
    ) -> "Payment":
        """Record the gateway's answer to the pending operation."""
        if self.pending is not operation:
            raise IllegalTransition(f"A payment that is {self.state} awaits no {operation}.")
        after = _APPROVED[operation] if approved else _REFUSED[operation]
        answered = self if after is self.state else self._to(after)
        known = replace(answered, reference=reference or self.reference, reason=reason)
        if approved or operation is Operation.AUTHORISE:
            return known
        return replace(known, refusals=self.refusals + 1)

    def _too_large(self) -> RefundTooLarge:
        left = self.refundable
        return RefundTooLarge(
            f"At most {left} can be refunded.", amount=left.amount, currency=left.currency.code
        )

    def _to(self, after: PaymentState) -> "Payment":
        if after not in NEXT[self.state]:
            raise IllegalTransition(f"A payment that is {self.state} cannot become {after}.")
        return replace(self, state=after)
