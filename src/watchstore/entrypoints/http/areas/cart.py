"""The cart of an account, or of a guest who is known by a cookie alone."""

from uuid import UUID

from flask import Response, after_this_request, request

from watchstore.domain.identifiers import OfferId
from watchstore.entrypoints.http.area import IF_MATCH, Area
from watchstore.entrypoints.http.conditional import expected_version, quoted
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.entrypoints.http.schemas.buying import CartAnswer, QuantityBody
from watchstore.entrypoints.http.sessions import Cookies, shopper
from watchstore.service_layer.commands import PutCartLine, RemoveCartLine, Shopper
from watchstore.service_layer.ports import Entropy
from watchstore.service_layer.queries import CartView
from watchstore.service_layer.secrets import secret_hash
from watchstore.service_layer.shop import Shop

Answer = tuple[CartView, dict[str, str]]
_NOBODY = Shopper()


def cart_area(shop: Shop, cookies: Cookies, entropy: Entropy) -> Area:
    area = Area("cart", "What a buyer means to buy. Its version is its ETag.")
    _reading(area, shop, cookies)
    _changing(area, shop, cookies, entropy)
    return area


def _reading(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on("GET", "/cart", access=PUBLIC, answer=CartAnswer)
    def cart() -> Answer:
        """The cart at today's prices."""
        return _view(shop, shopper(cookies))


def _changing(area: Area, shop: Shop, cookies: Cookies, entropy: Entropy) -> None:
    @area.on(
        "PUT",
        "/cart/lines/<uuid:offer_id>",
        access=PUBLIC,
        body=QuantityBody,
        answer=CartAnswer,
        refuses=(409, 412),
        parameters=(IF_MATCH,),
    )
    def put_line(body: dict[str, int], offer_id: UUID) -> Answer:
        """Set how many of an offer are in the cart.

        A guest without a cart gets one, and the cookie that names it.
        """
        whose = shopper(cookies)
        if whose == _NOBODY:
            whose = _new_guest(cookies, entropy)
        version = expected_version(request)
        shop.put_cart_line(PutCartLine(whose, OfferId(offer_id), body["quantity"], version))
        return _view(shop, whose)

    @area.on(
        "DELETE",
        "/cart/lines/<uuid:offer_id>",
        access=PUBLIC,
        answer=CartAnswer,
        refuses=(412,),
        parameters=(IF_MATCH,),
    )
    def remove_line(offer_id: UUID) -> Answer:
        """Take an offer out of the cart."""
        whose = shopper(cookies)
        if whose != _NOBODY:
            version = expected_version(request)
            shop.remove_cart_line(RemoveCartLine(whose, OfferId(offer_id), version))
        return _view(shop, whose)


def _view(shop: Shop, whose: Shopper) -> Answer:
    view = CartView(0, (), 0, None) if whose == _NOBODY else shop.carts.cart(whose)
    return view, {"ETag": quoted(view.version)}


def _new_guest(cookies: Cookies, entropy: Entropy) -> Shopper:
    """The cookie is only sent when the line was really put: a refusal sets none."""
    secret = entropy.new_secret()

    @after_this_request
    def keep(answer: Response) -> Response:
        return cookies.keep_cart(answer, secret) if answer.status_code < 400 else answer

    return Shopper(guest_hash=secret_hash(secret))
