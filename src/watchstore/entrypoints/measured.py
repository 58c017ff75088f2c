"""The shop and its gateway, measured: decorators that add nothing but figures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

from watchstore.domain.errors import PaymentDeclined
from watchstore.domain.money import Money
from watchstore.domain.order import OrderState
from watchstore.entrypoints.figures import Figures
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import OrderCheckout, PlaceOrder
from watchstore.service_layer.ports import GatewayAnswer, GatewayUnavailable, PaymentGateway
from watchstore.service_layer.shop import Ports, Shop


class MeasuredShop(Shop):
    """Counts what buyers are told when they order; an answer that is repeated counts again."""

    def __init__(self, ports: Ports, figures: Figures) -> None:
        super().__init__(replace(ports, gateway=MeasuredGateway(ports.gateway, figures)))
        self._told = figures.orders

    def place_order(self, command: PlaceOrder) -> Receipt:
        with self._declined():
            return self._counted(super().place_order(command))

    def order_checkout(self, command: OrderCheckout) -> Receipt:
        with self._declined():
            return self._counted(super().order_checkout(command))

    def _counted(self, receipt: Receipt) -> Receipt:
        self._told.labels("placed").inc()
        if receipt.state == OrderState.PAID:
            self._told.labels("paid").inc()
        return receipt

    @contextmanager
    def _declined(self) -> Iterator[None]:
        try:
            yield
        except PaymentDeclined:
            self._told.labels("placed").inc()
            self._told.labels("declined").inc()
            raise


class MeasuredGateway:
    """Times every call that moves money; reading the ledger is passed on as it is."""

    def __init__(self, inner: PaymentGateway, figures: Figures) -> None:
        self._seconds = figures.gateway
        self.find, self.payments = inner.find, inner.payments
        self._authorise, self._capture = inner.authorise, inner.capture
        self._void, self._refund = inner.void, inner.refund

    def authorise(self, *, key: str, amount: Money, card: str, order_number: str) -> GatewayAnswer:
        given = {"key": key, "amount": amount, "card": card, "order_number": order_number}
        return self._timed("authorise", self._authorise, given)

    def capture(self, *, key: str, reference: str, amount: Money) -> GatewayAnswer:
        given = {"key": key, "reference": reference, "amount": amount}
        return self._timed("capture", self._capture, given)

    def void(self, *, key: str, reference: str) -> GatewayAnswer:
        return self._timed("void", self._void, {"key": key, "reference": reference})

    def refund(self, *, key: str, reference: str, amount: Money) -> GatewayAnswer:
        given = {"key": key, "reference": reference, "amount": amount}
        return self._timed("refund", self._refund, given)

    def _timed(
        self, call: str, ask: Callable[..., GatewayAnswer], given: dict[str, Any]
    ) -> GatewayAnswer:
        began, outcome = perf_counter(), "crashed"
        try:
            answer = ask(**given)
            outcome = "approved" if answer.approved else "refused"
        except GatewayUnavailable:
            outcome = "unavailable"
            raise
        finally:
            self._seconds.labels(call, outcome).observe(perf_counter() - began)
        return answer
