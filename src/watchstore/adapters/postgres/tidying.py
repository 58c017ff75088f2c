"""Takes away what nobody needs any more, a bounded number of rows at a time."""

from typing import Any, Final

from sqlalchemy import Interval, bindparam, delete, exists, func, select, tuple_, update

from watchstore.adapters.postgres.repositories.request_keys import EXPIRED
from watchstore.adapters.postgres.schema import deliveries, events, notices, pieces, request_keys

_NOW: Any = select(func.clock_timestamp()).scalar_subquery()
_MOST: Any = bindparam("most")

# Deliveries go with their event. One that is still open, or parked, keeps it.
_OPEN = exists().where(deliveries.c.event_id == events.c.id, deliveries.c.delivered_at.is_(None))
_EVENTS = (
    select(events.c.id)
    .where(events.c.recorded_at < _NOW - bindparam("older_than", type_=Interval), ~_OPEN)
    .order_by(events.c.recorded_at)
    .limit(_MOST)
)
_KEYS = (
    select(request_keys.c.actor, request_keys.c.key)
    .where(EXPIRED)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)
_NOTICES = (
    select(notices.c.gateway, notices.c.id)
    .where(notices.c.taken_at < _NOW - bindparam("older_than", type_=Interval))
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)
# Ended holds are read as such; here they only stop to be kept. A buyer who comes back an hour
# late is told so either way.
_HOLDS = (
    select(pieces.c.id)
    .where(
        pieces.c.hold_id.is_not(None),
        pieces.c.hold_until < _NOW - func.make_interval(0, 0, 0, 0, 1),
    )
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)

_FROM: Final = (
    delete(events).where(events.c.id.in_(_EVENTS)).returning(events.c.id),
    delete(request_keys)
    .where(tuple_(request_keys.c.actor, request_keys.c.key).in_(_KEYS))
    .returning(request_keys.c.key),
    delete(notices)
    .where(tuple_(notices.c.gateway, notices.c.id).in_(_NOTICES))
    .returning(notices.c.id),
    update(pieces)
    .where(pieces.c.id.in_(_HOLDS))
    .values(hold_id=None, hold_until=None)
    .returning(pieces.c.id),
)
_TAKEN = [statement.cte(f"taken_{number}") for number, statement in enumerate(_FROM)]


def _counted() -> Any:
    counts = [select(func.count()).select_from(taken).scalar_subquery() for taken in _TAKEN]
    total: Any = counts[0]
    for count in counts[1:]:
        total = total + count
    return total


TIDY = select(_counted())
