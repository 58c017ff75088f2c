"""Orders and the payment of each."""

from watchstore.adapters.memory.one import locked, locked_at, saved
from watchstore.adapters.memory.store import CheckViolation, Transaction, UniqueViolation
from watchstore.adapters.memory.tables import ORDERS, PAYMENTS
from watchstore.domain.errors import HoldExpired, NotFound
from watchstore.domain.identifiers import OrderId, OrderNumber, PaymentId
from watchstore.domain.order import NEXT, Order
from watchstore.domain.payment import Payment
from watchstore.service_layer.ports import ConcurrencyConflict


class MemoryOrders:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, order: Order) -> None:
        try:
            self._tx.insert(ORDERS, order.id, order)
        except UniqueViolation as taken:
            if taken.constraint == "order_hold_id_key":
                raise HoldExpired("An order was made of this hold already.") from None
            raise ConcurrencyConflict from taken  # begin again, with another number

    def get(self, order_id: OrderId) -> Order:
        return locked(self._tx, ORDERS, order_id)

    def find(self, number: OrderNumber) -> Order | None:
        return locked_at(self._tx, ORDERS, "order_number_key", number)

    def save(self, order: Order) -> None:
        before = locked(self._tx, ORDERS, order.id)
        if order.state is not before.state and order.state not in NEXT[before.state]:
            raise CheckViolation("order_next_state_check")
        if before.left_out and order.left_out != before.left_out:
            raise CheckViolation("order_left_out_once_check")
        saved(self._tx, ORDERS, order.id, order)


class MemoryPayments:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, payment: Payment) -> None:
        self._tx.insert(PAYMENTS, payment.id, payment)

    def get(self, payment_id: PaymentId) -> Payment:
        return locked(self._tx, PAYMENTS, payment_id)

    def of_order(self, order_id: OrderId) -> Payment:
        payment = locked_at(self._tx, PAYMENTS, "payment_order_id_key", order_id)
        if payment is None:
            raise NotFound("There is no such payment.")
        return payment

    def save(self, payment: Payment) -> None:
        before = locked(self._tx, PAYMENTS, payment.id)
        if (payment.order_id, payment.amount) != (before.order_id, before.amount):
            raise CheckViolation("payment_as_asked_check")
        saved(self._tx, PAYMENTS, payment.id, payment)
