"""Stands where no gateway is configured: a script that only reads the shop needs none."""

from typing import NoReturn

from watchstore.domain.money import Money
from watchstore.service_layer.ports import GatewayUnavailable


class AbsentGateway:
    """Never answers, so that a payment stays pending until a shop with a gateway settles it."""

    def authorise(self, *, key: str, amount: Money, card: str, order_number: str) -> NoReturn:
        _refuse(key, amount, card, order_number)

    def capture(self, *, key: str, reference: str, amount: Money) -> NoReturn:
        _refuse(key, reference, amount)

    def void(self, *, key: str, reference: str) -> NoReturn:
        _refuse(key, reference)

    def refund(self, *, key: str, reference: str, amount: Money) -> NoReturn:
        _refuse(key, reference, amount)

    def find(self, *, order_number: str) -> NoReturn:
        _refuse(order_number)

    def payments(self) -> NoReturn:
        _refuse()

    def close(self) -> None:
        """There is nothing to let go of."""


def _refuse(*_: object) -> NoReturn:
    raise GatewayUnavailable("No gateway is configured: GATEWAY_URL is empty.")
