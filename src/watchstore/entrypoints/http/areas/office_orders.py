"""The back office's orders: see all, ship, cancel, pay back, leave out the rest."""

from typing import Any

from flask import request

from watchstore.domain.refund import RefundState
from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, PREFIX, Area
from watchstore.entrypoints.http.areas.orders import no_order, order_number
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.schemas import buying, office
from watchstore.entrypoints.http.staff import staff_key, staff_name
from watchstore.service_layer.answers import LeftOutReceipt, Receipt, RefundReceipt
from watchstore.service_layer.commands import CancelOrder, DeliverOrder, LeaveOutRest
from watchstore.service_layer.queries import OrderPage
from watchstore.service_layer.shop import Shop

_SEE = staff(Permission.SEE_ORDERS)
_FULFIL = staff(Permission.FULFIL_ORDERS)
_REFUND = staff(Permission.REFUND_ORDERS)


def office_orders_area(shop: Shop) -> Area:
    area = Area("office orders", "Everybody's orders, for staff.")
    _seeing(area, shop)
    _fulfilling(area, shop)
    _cancelling(area, shop)
    _refunding(area, shop)
    _leaving_out(area, shop)
    return area


def _seeing(area: Area, shop: Shop) -> None:
    @area.on(
        "GET",
        "/office/orders",
        access=_SEE,
        query=buying.OrdersQuery,
        answer=buying.OrdersAnswer,
    )
    def office_orders(query: dict[str, Any]) -> OrderPage:
        """Everybody's orders, newest first."""
        return shop.orders.orders(**query)

    @area.on(
        "GET",
        "/office/orders/<number>",
        access=_SEE,
        answer=buying.OrderAnswer,
        refuses=(404,),
    )
    def office_order(number: str) -> dict[str, Any]:
        """One order with its timeline."""
        found = shop.orders.order(order_number(number), None)
        if found is None:
            raise no_order()
        return buying.with_paths(found, f"{PREFIX}/office/orders")


def _fulfilling(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/orders/<number>/ship",
        access=_FULFIL,
        body=office.ParcelBody,
        answer=buying.ReceiptAnswer,
        refuses=(404, 409),
    )
    def ship(body: dict[str, Any], number: str) -> Receipt:
        """Send a parcel; with the first one of an order, take the money.

        `shipped` or `partly_shipped`; `paid` when the capture was refused and nothing
        may leave the house, until it is tried anew; `dispatching` while the gateway
        gives no answer. What was paid back is not sent any more.
        """
        return shop.ship_order(office.ship_command(body, order_number(number), by=staff_name()))

    @area.on(
        "POST",
        "/office/orders/<number>/deliver",
        access=_FULFIL,
        answer=buying.ReceiptAnswer,
        refuses=(404, 409),
    )
    def deliver(number: str) -> Receipt:
        """Everything arrived: the days to return it begin."""
        return shop.deliver_order(DeliverOrder(order_number(number), staff_name()))


def _cancelling(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/orders/<number>/cancel",
        access=_FULFIL,
        body=office.CancelBody,
        answer=buying.ReceiptAnswer,
        refuses=(404, 409),
    )
    def office_cancel(body: dict[str, Any], number: str) -> Receipt:
        """Cancel before dispatch, the pieces back on the shelf or withdrawn from sale."""
        command = CancelOrder(
            order_number(number), body["reason"], by=staff_name(), restock=body["restock"]
        )
        return shop.cancel_order(command)


def _refunding(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/orders/<number>/refunds",
        access=_REFUND,
        body=office.RefundBody,
        answer=office.RefundAnswer,
        status=201,
        also=(202,),
        refuses=(404, 409),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def refund(body: dict[str, Any], number: str) -> tuple[RefundReceipt, int]:
        """Give money back: an amount, what some pieces cost, or all that is left.

        202 while the gateway gives no answer: the shop goes on asking.
        """
        command = office.refund_command(
            body, order_number(number), by=staff_name(), key=staff_key(request)
        )
        receipt = shop.refund_order(command)
        return receipt, 202 if receipt.state == RefundState.PENDING else 201


def _leaving_out(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/orders/<number>/leave-out",
        access=_REFUND,
        body=office.LeaveOutBody,
        answer=office.LeftOutAnswer,
        also=(202,),
        refuses=(404, 409),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def leave_out(body: dict[str, Any], number: str) -> tuple[LeftOutReceipt, int]:
        """Send no more of an order that was sent in part, and pay the rest back.

        The pieces are for sale again, or withdrawn from sale; what they cost is given back
        as far as it was not before. 202 while the gateway gives no answer: the shop goes on
        asking. When the bank refuses, ask for a refund of those lines.
        """
        command = LeaveOutRest(order_number(number), staff_name(), **body, key=staff_key(request))
        receipt = shop.leave_out_rest(command)
        waits = receipt.refund is not None and receipt.refund.state == RefundState.PENDING
        return receipt, 202 if waits else 200
