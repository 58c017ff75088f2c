"""How to pay, and what payment gateways tell us by themselves."""

from typing import Final

from flask import request

from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.conditional import public_caching
from watchstore.entrypoints.http.permissions import PUBLIC, SIGNED
from watchstore.entrypoints.http.schemas.rows import schema_of
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.commands import TakeNotice
from watchstore.service_layer.shop import Shop

_MINUTE: Final = 60


def payments_area(shop: Shop) -> Area:
    area = Area("payments", "How to pay, and what payment gateways tell us by themselves.")
    caching = dict([public_caching(_MINUTE)])

    @area.on("GET", "/payment-methods", access=PUBLIC, answer=schema_of(PaymentMethods))
    def payment_methods() -> tuple[PaymentMethods, dict[str, str]]:
        """Which gateway makes the token of a card, and the public key that its script needs."""
        return shop.ports.payment_methods, caching

    @area.on(
        "POST",
        "/payments/webhooks/<gateway>",
        access=SIGNED,
        status=204,
        refuses=(400, 404, 409, 422),
    )
    def webhook(gateway: str) -> None:
        """Take a signed notice; each acts once, however often and in whatever order they come."""
        body = request.get_data(cache=True)
        shop.take_notice(TakeNotice(gateway, dict(request.headers), body))

    return area
