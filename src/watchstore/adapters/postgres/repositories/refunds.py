"""Refunds."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from watchstore.adapters.postgres.repositories.statements import adding, prefixed, saving
from watchstore.adapters.postgres.schema import refunds
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderId, PaymentId, PieceId, RefundId
from watchstore.domain.money import Currency, Money
from watchstore.domain.refund import Refund, RefundState

_CHANGING: Final = ("state", "refusal")
_FIXED: Final = tuple(column.name for column in refunds.c if column.name not in ("id", *_CHANGING))
_ADD = adding(refunds, "new_refund")
_SAVE = saving(refunds, "refund", *_FIXED)
_LOCKED = select(refunds).with_for_update(key_share=True)
_GET = _LOCKED.where(refunds.c.id == bindparam("id"))
_OF_ORDER = _LOCKED.where(refunds.c.order_id == bindparam("order_id")).order_by(
    refunds.c.asked_at, refunds.c.id
)


def _values(refund: Refund) -> dict[str, object]:
    return {
        "id": refund.id,
        "order_id": refund.order_id,
        "payment_id": refund.payment_id,
        "amount": refund.amount.amount,
        "currency": refund.amount.currency.code,
        "asked_at": refund.asked_at,
        "asked_by": refund.by,
        "reason": refund.reason,
        "pieces": [str(piece) for piece in refund.pieces],
        "state": refund.state.value,
        "refusal": refund.refusal,
    }


def _to_refund(row: Row[Any]) -> Refund:
    return Refund(
        RefundId(row.id),
        OrderId(row.order_id),
        PaymentId(row.payment_id),
        Money(row.amount, Currency(row.currency)),
        row.asked_at,
        row.asked_by,
        row.reason,
        tuple(PieceId(UUID(piece)) for piece in row.pieces),
        RefundState(row.state),
        row.refusal,
    )


class PostgresRefunds:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, refund: Refund) -> None:
        self._transaction.later(_ADD, prefixed("new_refund", _values(refund)))

    def get(self, refund_id: RefundId) -> Refund:
        row = self._transaction.execute(_GET, {"id": refund_id}).first()
        if row is None:
            raise NotFound("There is no such refund.")
        return _to_refund(row)

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        rows = self._transaction.execute(_OF_ORDER, {"order_id": order_id})
        return tuple(_to_refund(row) for row in rows)

    def save(self, refund: Refund) -> None:
        self._transaction.later(_SAVE, prefixed("refund", _values(refund), *_FIXED))
