"""Following an order without an account: by its number and the address it was placed with."""

import re
from dataclasses import dataclass
from typing import Final

from watchstore.domain.errors import NotFound
from watchstore.service_layer.commands import TrackOrder
from watchstore.service_layer.limits import TRACK_BY_ADDRESS, TRACK_BY_ORDER
from watchstore.service_layer.ports import RateLimiter
from watchstore.service_layer.queries import (
    EntryRow,
    OrderLineRow,
    OrderQueries,
    OrderView,
    PaperRow,
    ParcelRow,
)

# What happened to an order besides a change of its state, as its timeline notes it.
_EVENT: Final = re.compile(
    r"(return [a-z]+|refund of [0-9.,]+ [A-Z]{3} asked for|rest left out)(?=$|:)"
)


@dataclass(frozen=True, slots=True)
class TrackedOrder:
    """What became of an order, without what is known of its buyer."""

    number: str
    state: str
    placed_at: str
    lines: tuple[OrderLineRow, ...]
    parcels: tuple[ParcelRow, ...]
    timeline: tuple[EntryRow, ...]
    documents: tuple[PaperRow, ...]


def track_order(command: TrackOrder, *, orders: OrderQueries, limiter: RateLimiter) -> TrackedOrder:
    """Raises NotFound, alike for a number that does not exist and for a wrong address."""
    limiter.hit(TRACK_BY_ADDRESS, command.origin)
    limiter.hit(TRACK_BY_ORDER, command.number.text)
    found = orders.tracked(command.number, command.email)
    if found is None:
        raise NotFound("There is no such order.")
    return _told(found)


def _told(order: OrderView) -> TrackedOrder:
    """The names of staff, and what anybody wrote, are left out of the timeline."""
    entries = tuple(
        EntryRow(
            entry.at,
            entry.state,
            entry.by if entry.by in ("buyer", "gateway") else "shop",
            entry.note if entry.by == "gateway" else _event(entry.note),
        )
        for entry in order.timeline
    )
    return TrackedOrder(
        order.number,
        order.state,
        order.placed_at,
        order.lines,
        order.parcels,
        entries,
        order.documents,
    )


def _event(note: str) -> str:
    """`return approved` of `return approved: send it to ...`; nothing of a mere reason."""
    found = _EVENT.match(note)
    return found.group() if found else ""
