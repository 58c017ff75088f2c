"""The shop and its gateway, measured: decorators that add nothing but figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Any

from watchstore.domain.errors import PaymentDeclined
from watchstore.domain.order import OrderState
from watchstore.entrypoints.around_gateway import Call, around, outcome
from watchstore.entrypoints.figures import Figures
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import OrderCheckout, PlaceOrder
from watchstore.service_layer.ports import GatewayUnavailable
from watchstore.service_layer.shop import Ports, Shop


class MeasuredShop(Shop):
    """Counts what buyers are told when they order; an answer that is repeated counts again."""

    def __init__(self, ports: Ports, figures: Figures) -> None:
        super().__init__(replace(ports, gateway=around(ports.gateway, partial(_timed, figures))))
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


def _timed(figures: Figures, call: str, ask: Call) -> Call:
    def timed(**given: Any) -> Any:
        began, how = perf_counter(), "crashed"
        try:
            answer = ask(**given)
            how = outcome(answer)
        except GatewayUnavailable:
            how = "unavailable"
            raise
        finally:
            figures.gateway.labels(call, how).observe(perf_counter() - began)
        return answer

    return timed
