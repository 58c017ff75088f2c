"""The back office's returns: decide, receive, inspect."""

from typing import Any
from uuid import UUID

from watchstore.domain.identifiers import ReturnId
from watchstore.domain.returning import ReturnState
from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.areas.orders import order_number
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.schemas import buying, office
from watchstore.entrypoints.http.staff import staff_name
from watchstore.service_layer.answers import ReturnReceipt
from watchstore.service_layer.commands import DecideReturn, InspectReturn, RepayReturn
from watchstore.service_layer.shop import Shop

_RULE = "/office/orders/<number>/returns/<uuid:return_id>"


def office_returns_area(shop: Shop) -> Area:
    area = Area("office returns", "What buyers send back, for staff.")
    _step(area, shop, "approve", ReturnState.APPROVED, "The buyer may send it.")
    _step(area, shop, "decline", ReturnState.DECLINED, "It is not taken back.")
    _step(area, shop, "receive", ReturnState.RECEIVED, "It has arrived.")
    _inspecting(area, shop)
    _repaying(area, shop)
    return area


def _step(area: Area, shop: Shop, verb: str, state: ReturnState, meaning: str) -> None:
    def step(body: dict[str, str], number: str, return_id: UUID) -> ReturnReceipt:
        command = DecideReturn(
            order_number(number), ReturnId(return_id), state, staff_name(), body["note"]
        )
        return shop.decide_return(command)

    step.__name__, step.__doc__ = f"{verb}_return", meaning
    area.on(
        "POST",
        f"{_RULE}/{verb}",
        access=staff(Permission.FULFIL_ORDERS),
        body=office.DecisionBody,
        answer=buying.ReturnAnswer,
        refuses=(404, 409),
    )(step)


def _inspecting(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        f"{_RULE}/inspect",
        access=staff(Permission.REFUND_ORDERS),
        body=office.InspectionBody,
        answer=buying.ReturnAnswer,
        refuses=(404, 409),
    )
    def inspect_return(body: dict[str, Any], number: str, return_id: UUID) -> ReturnReceipt:
        """Accept it and pay it back, for sale again or not; or send it back to the buyer.

        `accepted` while the gateway gives no answer, `refunded` once it has, or at once when
        all of its money was given back before.
        """
        command = InspectReturn(order_number(number), ReturnId(return_id), by=staff_name(), **body)
        return shop.inspect_return(command)


def _repaying(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        f"{_RULE}/repay",
        access=staff(Permission.REFUND_ORDERS),
        answer=buying.ReturnAnswer,
        refuses=(404, 409),
    )
    def repay_return(number: str, return_id: UUID) -> ReturnReceipt:
        """Ask again for the money of an accepted return, whose refund was refused."""
        return shop.repay_return(
            RepayReturn(order_number(number), ReturnId(return_id), by=staff_name())
        )
