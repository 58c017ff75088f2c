"""Returns."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from watchstore.adapters.postgres.repositories.statements import adding, prefixed, saving
from watchstore.adapters.postgres.schema import returns
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderId, PieceId, RefundId, ReturnId
from watchstore.domain.returning import Return, ReturnState

_FIXED: Final = ("order_id", "pieces", "reason", "requested_at")
_ADD = adding(returns, "new_return")
_SAVE = saving(returns, "return", *_FIXED)
_LOCKED = select(returns).with_for_update(key_share=True)
_GET = _LOCKED.where(returns.c.id == bindparam("id"))
_OF_ORDER = _LOCKED.where(returns.c.order_id == bindparam("order_id")).order_by(
    returns.c.requested_at, returns.c.id
)


def _values(returned: Return) -> dict[str, object]:
    return {
        "id": returned.id,
        "order_id": returned.order_id,
        "pieces": [str(piece) for piece in returned.pieces],
        "reason": returned.reason,
        "requested_at": returned.requested_at,
        "state": returned.state.value,
        "restocked": returned.restocked,
        "refund_id": returned.refund_id,
        "note": returned.note,
    }


def _to_return(row: Row[Any]) -> Return:
    return Return(
        ReturnId(row.id),
        OrderId(row.order_id),
        tuple(PieceId(UUID(piece)) for piece in row.pieces),
        row.reason,
        row.requested_at,
        ReturnState(row.state),
        row.restocked,
        RefundId(row.refund_id) if row.refund_id else None,
        row.note,
    )


class PostgresReturns:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, returned: Return) -> None:
        self._transaction.later(_ADD, prefixed("new_return", _values(returned)))

    def get(self, return_id: ReturnId) -> Return:
        row = self._transaction.execute(_GET, {"id": return_id}).first()
        if row is None:
            raise NotFound("There is no such return.")
        return _to_return(row)

    def of_order(self, order_id: OrderId) -> tuple[Return, ...]:
        rows = self._transaction.execute(_OF_ORDER, {"order_id": order_id})
        return tuple(_to_return(row) for row in rows)

    def save(self, returned: Return) -> None:
        self._transaction.later(_SAVE, prefixed("return", _values(returned), *_FIXED))
