"""The shop and its gateway, measured: decorators that add nothing but figures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any, Final, cast

from watchstore.domain.errors import PaymentDeclined
from watchstore.domain.order import OrderState
from watchstore.entrypoints.figures import Figures
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import OrderCheckout, PlaceOrder
from watchstore.service_layer.ports import GatewayUnavailable, PaymentGateway
from watchstore.service_layer.shop import Ports, Shop

_CALLS: Final = frozenset({"authorise", "capture", "void", "refund"})
_OUTCOMES: Final = {True: "approved", False: "refused", None: "pending"}


def measured_gateway(gateway: PaymentGateway, figures: Figures) -> PaymentGateway:
    return cast(PaymentGateway, _MeasuredGateway(gateway, figures))


class MeasuredShop(Shop):
    """Counts what buyers are told when they order; an answer that is repeated counts again."""

    def __init__(self, ports: Ports, figures: Figures) -> None:
        super().__init__(replace(ports, gateway=measured_gateway(ports.gateway, figures)))
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


class _MeasuredGateway:
    """Times every call that moves money; everything else of the gateway is passed on."""

    def __init__(self, inner: PaymentGateway, figures: Figures) -> None:
        self._inner = inner
        self._seconds = figures.gateway

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._timed(name, found) if name in _CALLS else found

    def _timed(self, call: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def timed(**given: Any) -> Any:
            began, outcome = perf_counter(), "crashed"
            try:
                answer = ask(**given)
                outcome = _OUTCOMES[getattr(answer, "approved", None)]
            except GatewayUnavailable:
                outcome = "unavailable"
                raise
            finally:
                self._seconds.labels(call, outcome).observe(perf_counter() - began)
            return answer

        return timed
