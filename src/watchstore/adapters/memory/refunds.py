"""Refunds, each with its order and its payment."""

from watchstore.adapters.memory.one import locked, saved
from watchstore.adapters.memory.store import At, CheckViolation, Transaction
from watchstore.adapters.memory.tables import REFUNDS
from watchstore.domain.identifiers import OrderId, RefundId
from watchstore.domain.refund import NEXT, Refund


class MemoryRefunds:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, refund: Refund) -> None:
        self._tx.insert(REFUNDS, refund.id, refund)

    def get(self, refund_id: RefundId) -> Refund:
        return locked(self._tx, REFUNDS, refund_id)

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        found = self._tx.lock_where(
            REFUNDS, at=At("refund_order_id_fkey", order_id), order=lambda refund: refund.id
        )
        return tuple(sorted(found, key=lambda refund: (refund.asked_at, refund.id)))

    def save(self, refund: Refund) -> None:
        before = locked(self._tx, REFUNDS, refund.id)
        if refund.state is not before.state and refund.state not in NEXT[before.state]:
            raise CheckViolation("refund_onward_check")
        saved(self._tx, REFUNDS, refund.id, refund)
