"""Returns, each of one order."""

from watchstore.adapters.memory.one import locked, saved
from watchstore.adapters.memory.store import At, CheckViolation, Transaction
from watchstore.adapters.memory.tables import RETURNS
from watchstore.domain.identifiers import OrderId, ReturnId
from watchstore.domain.returning import NEXT, Return


class MemoryReturns:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, returned: Return) -> None:
        self._tx.insert(RETURNS, returned.id, returned)

    def get(self, return_id: ReturnId) -> Return:
        return locked(self._tx, RETURNS, return_id)

    def of_order(self, order_id: OrderId) -> tuple[Return, ...]:
        found = self._tx.lock_where(
            RETURNS, at=At("return_order_id_fkey", order_id), order=lambda returned: returned.id
        )
        return tuple(sorted(found, key=lambda returned: (returned.requested_at, returned.id)))

    def save(self, returned: Return) -> None:
        before = locked(self._tx, RETURNS, returned.id)
        if returned.state is not before.state and returned.state not in NEXT[before.state]:
            raise CheckViolation("return_onward_check")
        saved(self._tx, RETURNS, returned.id, returned)
