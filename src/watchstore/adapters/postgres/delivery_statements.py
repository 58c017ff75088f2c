"""Leasing and settling deliveries.

The clock is read in a subquery of its own: as a constant of the statement it may be compared
with an index, which a volatile function may not.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Interval,
    Update,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from watchstore.adapters.postgres.repositories.request_keys import EXPIRED
from watchstore.adapters.postgres.schema import deliveries, events, request_keys

_CLOCK: ColumnElement[Any] = func.clock_timestamp()
_NOW = select(_CLOCK).scalar_subquery()
_row = deliveries.c

_EARLIER = deliveries.alias("earlier")
_WAITS_FOR_ANOTHER = exists().where(
    _EARLIER.c.delivered_at.is_(None),
    _EARLIER.c.aggregate == _row.aggregate,
    _EARLIER.c.consumer == _row.consumer,
    _EARLIER.c.seq < _row.seq,
)
_DUE = (
    select(_row.event_id, _row.consumer)
    .where(
        _row.delivered_at.is_(None),
        _row.parked_at.is_(None),
        _row.not_before <= _NOW,
        or_(_row.leased_until.is_(None), _row.leased_until <= _NOW),
        ~_WAITS_FOR_ANOTHER,
    )
    .order_by(_row.not_before)
    .limit(bindparam("most"))
    .with_for_update(of=deliveries, skip_locked=True)
    .cte("due")
)
LEASE = (
    update(deliveries)
    .where(
        _row.event_id == _DUE.c.event_id,
        _row.consumer == _DUE.c.consumer,
        events.c.id == _DUE.c.event_id,
    )
    .values(
        leased_until=_CLOCK + bindparam("lasting", type_=Interval),
        attempts=_row.attempts + 1,
        token=_row.token + 1,
    )
    .returning(
        _row.event_id,
        _row.consumer,
        _row.aggregate,
        _row.attempts,
        _row.token,
        events.c.name,
        events.c.version,
        events.c.payload,
    )
)


def _settling() -> Update:
    """Of the lease with this token: a worker that was overtaken changes nothing."""
    return update(deliveries).where(
        _row.event_id == bindparam("of_event"),
        _row.consumer == bindparam("of_consumer"),
        _row.token == bindparam("of_token", type_=BigInteger),
        _row.delivered_at.is_(None),
        _row.parked_at.is_(None),
    )


COMPLETE = _settling().values(delivered_at=_CLOCK, leased_until=None, error=None)
POSTPONE = _settling().values(
    not_before=_CLOCK + bindparam("delay", type_=Interval),
    leased_until=None,
    error=bindparam("reason"),
)
PARK = _settling().values(parked_at=_CLOCK, leased_until=None, error=bindparam("reason"))

_WAITS = _row.parked_at.is_(None)
BACKLOG = (
    select(
        func.count().filter(_WAITS).label("pending"),
        func.count().filter(~_WAITS).label("parked"),
        func.coalesce(_CLOCK - func.min(events.c.recorded_at).filter(_WAITS), timedelta(0)).label(
            "oldest"
        ),
    )
    .join_from(deliveries, events, events.c.id == _row.event_id)
    .where(_row.delivered_at.is_(None))
)

# Deliveries go with their event. One that is still open, or parked, keeps it.
_OPEN = exists().where(_row.event_id == events.c.id, _row.delivered_at.is_(None))
_OLD_EVENTS = (
    delete(events)
    .where(events.c.recorded_at < _NOW - bindparam("older_than", type_=Interval), ~_OPEN)
    .returning(events.c.id)
    .cte("old_events")
)
_OLD_KEYS = delete(request_keys).where(EXPIRED).returning(request_keys.c.key).cte("old_keys")
TIDY = select(
    select(func.count()).select_from(_OLD_EVENTS).scalar_subquery()
    + select(func.count()).select_from(_OLD_KEYS).scalar_subquery()
)
