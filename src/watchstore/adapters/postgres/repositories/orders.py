"""Orders."""

from sqlalchemy import bindparam, insert, select, update

from watchstore.adapters.postgres.errors import refused
from watchstore.adapters.postgres.repositories.order_rows import (
    changing_values,
    order_values,
    to_order,
)
from watchstore.adapters.postgres.repositories.statements import prefixed
from watchstore.adapters.postgres.schema import orders
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import HoldExpired, NotFound
from watchstore.domain.identifiers import OrderId, OrderNumber
from watchstore.domain.order import Order
from watchstore.service_layer.ports import ConcurrencyConflict

_ADD = insert(orders)
_LOCKED = select(orders).with_for_update(key_share=True)
_GET = _LOCKED.where(orders.c.id == bindparam("id"))
_FIND = _LOCKED.where(orders.c.number == bindparam("number"))
_CHANGING = ("state", "parcels", "timeline", "left_out")
_SAVE = (
    update(orders)
    .where(orders.c.id == bindparam("order__id"))
    .values({name: bindparam(f"order__{name}") for name in _CHANGING})
)


class PostgresOrders:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, order: Order) -> None:
        spent = HoldExpired("This hold has become an order already.")
        rival = ConcurrencyConflict(f"The number {order.number} is taken.")
        with refused({"orders_hold_id_key": spent, "orders_number_key": rival}):
            self._transaction.execute(_ADD, order_values(order))

    def get(self, order_id: OrderId) -> Order:
        row = self._transaction.execute(_GET, {"id": order_id}).first()
        if row is None:
            raise NotFound("There is no such order.")
        return to_order(row)

    def find(self, number: OrderNumber) -> Order | None:
        row = self._transaction.execute(_FIND, {"number": number.text}).first()
        return to_order(row) if row else None

    def save(self, order: Order) -> None:
        """What was sold and to whom is fixed; its state, parcels, timeline and rest move on."""
        params = {"id": order.id, **changing_values(order)}
        self._transaction.later(_SAVE, prefixed("order", params))
