"""How to pay, and what payment gateways tell us by themselves."""

from typing import Any, Final

from flask import request

from watchstore.entrypoints.http.addresses import origin_of
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.conditional import public_caching
from watchstore.entrypoints.http.permissions import PUBLIC, SIGNED
from watchstore.entrypoints.http.schemas.buying import ChallengeBody
from watchstore.entrypoints.http.schemas.rows import schema_of
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.commands import AnswerBank, TakeNotice
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

    if shop.ports.bank is not None:
        _add_bank(area, shop)
    return area


def _add_bank(area: Area, shop: Shop) -> None:
    """In the place of the window that a real bank opens; there is none beside real cards."""

    @area.on(
        "POST",
        "/payments/challenges",
        access=PUBLIC,
        body=ChallengeBody,
        status=204,
        refuses=(404,),
    )
    def answer_bank(body: dict[str, Any]) -> None:
        """Say yes or no to the bank of the test gateway, in the place of the buyer."""
        shop.answer_bank(AnswerBank(**body, origin=origin_of(request)))
