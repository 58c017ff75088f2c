"""The memory gateway's ledger, and the rules of what may still happen to a payment in it."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from watchstore.domain.money import Money, total
from watchstore.service_layer.ports import GatewayPayment


class EntryKind(StrEnum):
    AUTHORISED = "authorised"
    DECLINED = "declined"
    CAPTURED = "captured"
    VOIDED = "voided"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    id: int
    reference: str
    order_number: str
    kind: EntryKind
    amount: Money


class MemoryLedger:
    """Append-only; only ever used by the thread that holds the gateway's lock."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []
        self._by_reference: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
        self._by_order: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, reference: str, order_number: str, kind: EntryKind, amount: Money) -> None:
        if reference not in self._by_reference:
            self._by_order[order_number].append(reference)
        entry = LedgerEntry(len(self.entries) + 1, reference, order_number, kind, amount)
        self.entries.append(entry)
        self._by_reference[reference].append(entry)

    def payment(self, reference: str) -> GatewayPayment | None:
        entries = self._by_reference.get(reference)
        return _payment(entries) if entries else None

    def payments(self) -> tuple[GatewayPayment, ...]:
        return tuple(_payment(entries) for entries in self._by_reference.values())

    def payments_of(self, order_number: str) -> tuple[GatewayPayment, ...]:
        references = self._by_order.get(order_number, ())
        return tuple(_payment(self._by_reference[reference]) for reference in references)


def _payment(entries: list[LedgerEntry]) -> GatewayPayment:
    def summed(kind: EntryKind) -> Money:
        amounts = [entry.amount for entry in entries if entry.kind is kind]
        return total(amounts, entries[0].amount.currency)

    return GatewayPayment(
        reference=entries[0].reference,
        order_number=entries[0].order_number,
        authorised=summed(EntryKind.AUTHORISED),
        captured=summed(EntryKind.CAPTURED),
        voided=bool(summed(EntryKind.VOIDED)),
        refunded=summed(EntryKind.REFUNDED),
    )


def other_currency(payment: GatewayPayment, amount: Money) -> str | None:
    same = amount.currency == payment.authorised.currency
    return None if same else "currency_mismatch"


def why_not_capture(payment: GatewayPayment, amount: Money) -> str | None:
    if payment.voided:
        return "already_voided"
    if not payment.authorised:
        return "not_authorised"
    left = payment.authorised - payment.captured
    return "exceeds_authorised" if left < amount else None


def why_not_void(payment: GatewayPayment, _amount: Money) -> str | None:
    if payment.voided:
        return "already_voided"
    if not payment.authorised:
        return "not_authorised"
    return "already_captured" if payment.captured else None


def why_not_refund(payment: GatewayPayment, amount: Money) -> str | None:
    if not payment.captured:
        return "not_captured"
    left = payment.captured - payment.refunded
    return "exceeds_captured" if left < amount else None
