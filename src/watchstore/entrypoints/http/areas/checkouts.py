"""The checkout: the watches are held before the buyer has typed anything."""

from typing import Any
from uuid import UUID

from flask import request

from watchstore.domain.identifiers import CheckoutId
from watchstore.entrypoints.http.addresses import origin_of
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, PREFIX, Area
from watchstore.entrypoints.http.areas.orders import receipt_headers, receipt_status
from watchstore.entrypoints.http.idempotency import actor_of, optional_key, required_key
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.entrypoints.http.schemas import checkouts
from watchstore.entrypoints.http.schemas.buying import ReceiptAnswer
from watchstore.entrypoints.http.sessions import Cookies, shopper, viewer
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import (
    ChangeCheckout,
    LeaveCheckout,
    StartCheckout,
)
from watchstore.service_layer.ports import Clock
from watchstore.service_layer.queries import CheckoutView
from watchstore.service_layer.shop import Shop


def checkouts_area(shop: Shop, cookies: Cookies, *, clock: Clock) -> Area:
    area = Area("checkouts", "Watches held for one buyer for a while, with the whole price.")
    _holding(area, shop, cookies)
    _changing(area, shop, cookies)
    _buying(area, shop, cookies, clock)
    return area


def _holding(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on(
        "POST",
        "/checkouts",
        access=PUBLIC,
        answer=checkouts.CheckoutAnswer,
        status=201,
        refuses=(400, 409, 422),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def start_checkout() -> tuple[CheckoutView, dict[str, str]]:
        """Hold what is in the cart, until `expires_at`.

        A buyer has one checkout: a new one replaces the one before, and lets go of it.
        """
        key = optional_key(request, actor_of(shopper(cookies)))
        command = StartCheckout(viewer(cookies), key, origin_of(request))
        view = shop.start_checkout(command)
        return view, {"Location": f"{PREFIX}/checkouts/{view.id}"}

    @area.on(
        "GET",
        "/checkouts/<uuid:checkout_id>",
        access=PUBLIC,
        query=checkouts.CheckoutQuery,
        answer=checkouts.CheckoutAnswer,
        refuses=(404,),
    )
    def checkout(query: dict[str, str | None], checkout_id: UUID) -> CheckoutView:
        """The checkout, for who started it; for everybody else there is none.

        With `country` or `delivery`, the sums are as if it were sent there, and so; nothing is
        changed.
        """
        supposing = checkouts.supposing(query)
        return shop.show_checkout(CheckoutId(checkout_id), viewer(cookies), supposing)


def _changing(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on(
        "PATCH",
        "/checkouts/<uuid:checkout_id>",
        access=PUBLIC,
        body=checkouts.CheckoutBody,
        answer=checkouts.CheckoutAnswer,
        refuses=(404, 409),
    )
    def change_checkout(body: dict[str, Any], checkout_id: UUID) -> CheckoutView:
        """Set contact, address, delivery and voucher, in any order; go on holding."""
        changes = checkouts.checkout_changes(body)
        return shop.change_checkout(
            ChangeCheckout(CheckoutId(checkout_id), viewer(cookies), changes, origin_of(request))
        )

    @area.on(
        "DELETE",
        "/checkouts/<uuid:checkout_id>",
        access=PUBLIC,
        status=204,
        refuses=(404, 409),
    )
    def leave_checkout(checkout_id: UUID) -> None:
        """Let go of what is held."""
        shop.leave_checkout(LeaveCheckout(CheckoutId(checkout_id), viewer(cookies)))


def _buying(area: Area, shop: Shop, cookies: Cookies, clock: Clock) -> None:
    @area.on(
        "POST",
        "/checkouts/<uuid:checkout_id>/order",
        access=PUBLIC,
        body=checkouts.CheckoutOrderBody,
        answer=ReceiptAnswer,
        status=201,
        also=(202,),
        refuses=(402, 404, 409),
        parameters=(IDEMPOTENCY_KEY | {"required": True},),
    )
    def order_checkout(
        body: dict[str, Any], checkout_id: UUID
    ) -> tuple[Receipt, int, dict[str, str]]:
        """Buy what is held, at the prices that are held.

        202 when the payment's answer is still unknown, as for a one-shot order.
        """
        started = clock.now().isoformat()
        key = required_key(request, shopper(cookies))
        command = checkouts.order_checkout_command(
            body, CheckoutId(checkout_id), viewer(cookies), key
        )
        receipt = shop.order_checkout(command)
        return receipt, receipt_status(receipt), receipt_headers(receipt, started)
