"""Payments, one an order."""

from typing import Any

from sqlalchemy import Row, bindparam, select

from watchstore.adapters.postgres.repositories.statements import adding, prefixed, saving
from watchstore.adapters.postgres.schema import payments
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderId, PaymentId
from watchstore.domain.money import Currency, Money
from watchstore.domain.payment import Payment, PaymentState

_FIXED = ("order_id", "amount", "currency", "card", "started_at")
_ADD = adding(payments, "new_payment")
_SAVE = saving(payments, "payment", *_FIXED)
_LOCKED = select(payments).with_for_update(key_share=True)
_GET = _LOCKED.where(payments.c.id == bindparam("id"))
_OF_ORDER = _LOCKED.where(payments.c.order_id == bindparam("order_id"))


def _values(payment: Payment) -> dict[str, object]:
    return {
        "id": payment.id,
        "order_id": payment.order_id,
        "amount": payment.amount.amount,
        "currency": payment.amount.currency.code,
        "card": payment.card,
        "started_at": payment.started_at,
        "state": payment.state.value,
        "reference": payment.reference,
        "reason": payment.reason,
        "refunded": payment.refunded,
        "refusals": payment.refusals,
    }


def _to_payment(row: Row[Any]) -> Payment:
    return Payment(
        PaymentId(row.id),
        OrderId(row.order_id),
        Money(row.amount, Currency(row.currency)),
        row.card,
        row.started_at,
        PaymentState(row.state),
        row.reference,
        row.reason,
        row.refunded,
        row.refusals,
    )


class PostgresPayments:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, payment: Payment) -> None:
        self._transaction.later(_ADD, prefixed("new_payment", _values(payment)))

    def get(self, payment_id: PaymentId) -> Payment:
        return self._one(_GET, id=payment_id)

    def of_order(self, order_id: OrderId) -> Payment:
        return self._one(_OF_ORDER, order_id=order_id)

    def save(self, payment: Payment) -> None:
        self._transaction.later(_SAVE, prefixed("payment", _values(payment), *_FIXED))

    def _one(self, question: Any, **params: object) -> Payment:
        row = self._transaction.execute(question, params).first()
        if row is None:
            raise NotFound("There is no such payment.")
        return _to_payment(row)
