"""What payment gateways tell us by themselves."""

from flask import request

from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.permissions import SIGNED
from watchstore.service_layer.commands import TakeNotice
from watchstore.service_layer.shop import Shop


def payments_area(shop: Shop) -> Area:
    area = Area("payments", "What payment gateways tell us by themselves.")

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
