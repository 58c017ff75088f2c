"""Repositories of what was sold: orders, their money, and what came back of either."""

from typing import Protocol

from watchstore.domain.identifiers import OrderId, OrderNumber, PaymentId, RefundId, ReturnId
from watchstore.domain.order import Order
from watchstore.domain.payment import Payment
from watchstore.domain.refund import Refund
from watchstore.domain.returning import Return


class Orders(Protocol):
    def add(self, order: Order) -> None: ...

    def get(self, order_id: OrderId) -> Order: ...

    def find(self, number: OrderNumber) -> Order | None: ...

    def save(self, order: Order) -> None: ...


class Payments(Protocol):
    def add(self, payment: Payment) -> None: ...

    def get(self, payment_id: PaymentId) -> Payment: ...

    def of_order(self, order_id: OrderId) -> Payment: ...

    def save(self, payment: Payment) -> None: ...


class Refunds(Protocol):
    """Whoever changes one holds the lock of its order."""

    def add(self, refund: Refund) -> None: ...

    def get(self, refund_id: RefundId) -> Refund: ...

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        """Oldest first, refused ones too."""

    def save(self, refund: Refund) -> None: ...


class Returns(Protocol):
    """Whoever changes one holds the lock of its order."""

    def add(self, returned: Return) -> None: ...

    def get(self, return_id: ReturnId) -> Return: ...

    def of_order(self, order_id: OrderId) -> tuple[Return, ...]:
        """Oldest first, declined ones too."""

    def save(self, returned: Return) -> None: ...
