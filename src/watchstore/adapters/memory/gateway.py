"""MemoryGateway: the test gateway's in-memory twin, with the same cards and the same rules."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Final, TypeVar, cast

from watchstore.adapters.memory.gateway_ledger import (
    EntryKind,
    LedgerEntry,
    MemoryLedger,
    other_currency,
    why_not_capture,
    why_not_refund,
    why_not_void,
)
from watchstore.domain.money import Money
from watchstore.service_layer.ports import (
    GatewayAnswer,
    GatewayOutcome,
    GatewayPayment,
    GatewayPending,
    GatewayUnavailable,
)

_REFUSALS = {
    "tok_accepted": None,
    "tok_slow": None,  # nothing is slow in memory
    "tok_timeout": None,
    "tok_blocked": None,
    "tok_declined": "insufficient_funds",
}
_Outcome = TypeVar("_Outcome", bound=GatewayOutcome)
_ENDING: Final = "_secret"
_KEY = re.compile(r"[!-~]{1,255}")
_REFERENCE = re.compile(r"[!-.0-~]{1,100}")
_TEXT = re.compile(r"[ -~]{1,100}")


@dataclass(frozen=True, slots=True)
class _Challenge:
    """What waits for the buyer; `key` is the one it was asked for with."""

    key: str
    order_number: str
    amount: Money


class MemoryGateway:
    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: dict[str, tuple[tuple[object, ...], GatewayOutcome]] = {}
        self._challenges: dict[str, _Challenge] = {}
        self._blocked: set[str] = set()
        self._ledger = MemoryLedger()

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """The ledger: everything that was decided or charged here, oldest first."""
        with self._lock:
            return tuple(self._ledger.entries)

    def authorise(self, *, key: str, amount: Money, card: str, order_number: str) -> GatewayOutcome:
        _check(key, amount)
        if not _TEXT.fullmatch(card) or not _TEXT.fullmatch(order_number):
            raise ValueError("card, order_number: 1 to 100 printable ASCII characters")
        answer, acted = self._once(
            key,
            ("authorise", amount, card, order_number),
            lambda: self._authorise(key, amount, card, order_number),
        )
        if acted and card == "tok_timeout":
            raise GatewayUnavailable("no answer")
        return answer

    def capture(self, *, key: str, reference: str, amount: Money) -> GatewayAnswer:
        _check(key, amount)
        return self._move(key, reference, EntryKind.CAPTURED, amount, why_not_capture)

    def void(self, *, key: str, reference: str) -> GatewayAnswer:
        _check(key)
        return self._move(key, reference, EntryKind.VOIDED, None, why_not_void)

    def refund(self, *, key: str, reference: str, amount: Money) -> GatewayAnswer:
        _check(key, amount)
        return self._move(key, reference, EntryKind.REFUNDED, amount, why_not_refund)

    def confirm(self, client_secret: str, *, approved: bool = True) -> None:
        """The buyer answers the bank, or fails to; once. KeyError: it waits for no such answer."""
        with self._lock:
            reference = client_secret.removesuffix(_ENDING)
            self._decide(reference, None if approved else "authentication_failed")

    def find(self, *, order_number: str) -> tuple[GatewayPayment, ...]:
        with self._lock:
            return self._ledger.payments_of(order_number)

    def payments(self) -> tuple[GatewayPayment, ...]:
        with self._lock:
            return self._ledger.payments()

    def close(self) -> None:
        """There is nothing to let go of."""

    def _authorise(self, key: str, amount: Money, card: str, order_number: str) -> GatewayOutcome:
        reference = f"pay_{sha256(key.encode()).hexdigest()[:24]}"
        if card == "tok_challenge":
            self._challenges[reference] = _Challenge(key, order_number, amount)
            return GatewayPending(reference, reference + _ENDING)
        if card == "tok_blocked":
            self._blocked.add(reference)
        return self._decided(reference, order_number, amount, _REFUSALS.get(card, "unknown_card"))

    def _decide(self, reference: str, reason: str | None) -> None:
        """The answer that waited for the buyer is final now."""
        asked = self._challenges.pop(reference)
        answer = self._decided(reference, asked.order_number, asked.amount, reason)
        self._answers[asked.key] = (self._answers[asked.key][0], answer)

    def _decided(
        self, reference: str, order_number: str, amount: Money, reason: str | None
    ) -> GatewayAnswer:
        kind = EntryKind.DECLINED if reason else EntryKind.AUTHORISED
        self._ledger.add(reference, order_number, kind, amount)
        return GatewayAnswer(approved=reason is None, reference=reference, reason=reason)

    def _move(
        self,
        key: str,
        reference: str,
        kind: EntryKind,
        amount: Money | None,
        why_not: Callable[[GatewayPayment, Money], str | None],
    ) -> GatewayAnswer:
        if not _REFERENCE.fullmatch(reference):
            raise ValueError("reference: 1 to 100 printable ASCII characters without a slash")

        def act() -> GatewayAnswer:
            if reference in self._challenges:
                return self._move_waiting(reference, kind)
            payment = self._ledger.payment(reference)
            if payment is None:
                return GatewayAnswer(approved=False, reference=reference, reason="unknown_payment")
            moved = payment.authorised if amount is None else amount
            reason = other_currency(payment, moved) or why_not(payment, moved)
            if reason is None and kind is EntryKind.CAPTURED and reference in self._blocked:
                self._blocked.remove(reference)
                reason = "card_blocked"
            if reason is None:
                self._ledger.add(reference, payment.order_number, kind, moved)
            return GatewayAnswer(approved=reason is None, reference=reference, reason=reason)

        return self._once(key, (kind, reference, amount), act)[0]

    def _move_waiting(self, reference: str, kind: EntryKind) -> GatewayAnswer:
        if kind is not EntryKind.VOIDED:
            return GatewayAnswer(approved=False, reference=reference, reason="not_authorised")
        self._decide(reference, "abandoned")
        return GatewayAnswer(approved=True, reference=reference)

    def _once(
        self, key: str, request: tuple[object, ...], act: Callable[[], _Outcome]
    ) -> tuple[_Outcome, bool]:
        with self._lock:
            if key not in self._answers:
                answer = act()
                self._answers[key] = (request, answer)
                return answer, True
            first_request, first = self._answers[key]
            answer = cast(_Outcome, first)  # the same request has the same kind of answer
        if first_request != request:
            raise ValueError("idempotency_key_reused: this key was used for another request")
        return answer, False


def _check(key: str, amount: Money | None = None) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("key: 1 to 255 printable ASCII characters")
    if amount is not None and amount.amount <= 0:
        raise ValueError("amount: a whole number above zero")
