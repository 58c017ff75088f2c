"""Buying, and what a buyer may see and do afterwards."""

from typing import Any

from flask import request

from watchstore.domain.errors import InvalidValue, NotFound
from watchstore.domain.identifiers import Email, OrderNumber
from watchstore.domain.order import OrderState
from watchstore.entrypoints.http.addresses import origin_of
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, PREFIX, Area
from watchstore.entrypoints.http.idempotency import actor_of, optional_key, required_key
from watchstore.entrypoints.http.permissions import PUBLIC, SIGNED_IN
from watchstore.entrypoints.http.schemas import buying
from watchstore.entrypoints.http.sessions import Cookies, shopper, signed_in, viewer
from watchstore.service_layer.answers import Receipt, ReturnReceipt
from watchstore.service_layer.commands import (
    CancelOrder,
    ConfirmPayment,
    RequestReturn,
    Shopper,
    TrackOrder,
)
from watchstore.service_layer.ports import Clock
from watchstore.service_layer.queries import OrderPage
from watchstore.service_layer.shop import Shop

_REQUIRED_KEY = IDEMPOTENCY_KEY | {"required": True}


def orders_area(shop: Shop, cookies: Cookies, *, clock: Clock) -> Area:
    area = Area("orders", "Buying, and following what was bought.")
    _buying(area, shop, cookies, clock=clock)
    _paying(area, shop, cookies)
    _following(area, shop, cookies)
    _returning(area, shop, cookies)
    return area


def _buying(area: Area, shop: Shop, cookies: Cookies, *, clock: Clock) -> None:
    @area.on(
        "POST",
        "/orders",
        access=PUBLIC,
        body=buying.OrderBody,
        answer=buying.ReceiptAnswer,
        status=201,
        also=(202,),
        refuses=(402, 409),
        parameters=(_REQUIRED_KEY,),
    )
    def place(body: dict[str, Any]) -> tuple[Receipt, int, dict[str, str]]:
        """Buy.

        202 when the payment's answer is still unknown: the shop goes on asking, and the same
        request with the same key tells how it ended. A guest is known by the cart cookie.
        """
        started = clock.now().isoformat()
        whose = shopper(cookies)
        key = required_key(request, whose)
        receipt = shop.place_order(buying.place_order_command(body, whose, key))
        return receipt, receipt_status(receipt), receipt_headers(receipt, started)


def _paying(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on(
        "POST",
        "/orders/<number>/payment",
        access=PUBLIC,
        answer=buying.ReceiptAnswer,
        also=(202,),
        refuses=(402, 404),
    )
    def confirm(number: str) -> tuple[Receipt, int]:
        """How the payment of one's own order stands, after an `action` with the bank.

        202 while it is not decided; the action is told again.
        """
        command = ConfirmPayment(order_number(number), viewer(cookies), origin_of(request))
        receipt = shop.confirm_payment(command)
        return receipt, 202 if receipt.state == OrderState.AWAITING_PAYMENT else 200


def _following(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on(
        "GET",
        "/orders",
        access=SIGNED_IN,
        query=buying.OrdersQuery,
        answer=buying.OrdersAnswer,
    )
    def orders(query: dict[str, Any]) -> OrderPage:
        """The account's orders, newest first."""
        return shop.orders.orders(buyer=signed_in().user.id, **query)

    @area.on("GET", "/orders/<number>", access=PUBLIC, answer=buying.OrderAnswer, refuses=(404,))
    def order(number: str) -> dict[str, Any]:
        """One order, for who placed it; for everybody else there is none."""
        found = shop.orders.order(order_number(number), viewer(cookies))
        if found is None:
            raise no_order()
        return buying.as_told_to_the_buyer(found)

    @area.on(
        "POST",
        "/orders/<number>/cancel",
        access=PUBLIC,
        body=buying.ReasonBody,
        answer=buying.ReceiptAnswer,
        refuses=(404, 409),
    )
    def cancel(body: dict[str, str], number: str) -> Receipt:
        """Cancel before dispatch; the money is given back."""
        command = CancelOrder(order_number(number), body["reason"], shopper=viewer(cookies))
        return shop.cancel_order(command)


def _returning(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on(
        "POST",
        "/orders/<number>/returns",
        access=PUBLIC,
        body=buying.ReturnBody,
        answer=buying.ReturnAnswer,
        status=201,
        refuses=(404, 409),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def request_return(body: dict[str, Any], number: str) -> ReturnReceipt:
        """Ask to send pieces back."""
        whose = viewer(cookies)
        named = order_number(number)
        if whose == Shopper():
            raise no_order()
        key = optional_key(request, actor_of(whose))
        lines = buying.wanted(body)
        return shop.request_return(RequestReturn(named, lines, whose, body["reason"], key))

    @area.on(
        "POST",
        "/orders/track",
        access=PUBLIC,
        body=buying.TrackBody,
        answer=buying.TrackedAnswer,
        refuses=(404,),
    )
    def track(body: dict[str, str]) -> dict[str, Any]:
        """What became of an order, for who knows its number and its e-mail address."""
        command = TrackOrder(
            order_number(body["number"]), Email.parse(body["email"]), origin_of(request)
        )
        return buying.with_paths(shop.track_order(command), f"{PREFIX}/orders")


def order_number(text: str) -> OrderNumber:
    """The number in a path; what cannot be one names nothing."""
    try:
        return OrderNumber.parse(text)
    except InvalidValue:
        raise no_order() from None


def no_order() -> NotFound:
    return NotFound("There is no such order.")


def receipt_status(receipt: Receipt) -> int:
    return 202 if receipt.state == OrderState.AWAITING_PAYMENT else 201


def receipt_headers(receipt: Receipt, started: str) -> dict[str, str]:
    headers = {"Location": f"{PREFIX}/orders/{receipt.number}"}
    if receipt.placed_at < started:  # placed before this request came: an earlier one's answer
        headers["Idempotency-Replayed"] = "true"
    return headers
