"""The back office's outbox: what could not be delivered, and trying it again."""

from typing import Any
from uuid import UUID

from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.schemas import office
from watchstore.entrypoints.http.schemas.rows import one_page
from watchstore.service_layer.commands import ReplayDelivery
from watchstore.service_layer.shop import Shop

_OPERATE = staff(Permission.OPERATE)


def office_outbox_area(shop: Shop) -> Area:
    area = Area("office outbox", "Events that could not be delivered, for staff.")

    @area.on("GET", "/office/outbox", access=_OPERATE, answer=office.DeadLettersAnswer)
    def dead_letters() -> dict[str, Any]:
        """What was given up, the oldest first; each holds up what comes after it."""
        return one_page(shop.office.dead_letters())

    @area.on(
        "POST",
        "/office/outbox/<uuid:event_id>/replay",
        access=_OPERATE,
        body=office.ReplayBody,
        answer=office.ReplayedAnswer,
        refuses=(404,),
    )
    def replay(body: dict[str, str | None], event_id: UUID) -> dict[str, int]:
        """Deliver an event again, to one consumer or to all that gave it up."""
        command = ReplayDelivery(event_id, body["consumer"])
        return {"replayed": shop.replay_delivery(command)}

    return area
