"""Leasing and settling deliveries.

The clock is read in a subquery of its own: as a constant of the statement it may be compared
with an index, which a volatile function may not.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Interval,
    Text,
    Update,
    Uuid,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    update,
)

from watchstore.adapters.postgres.schema import deliveries, events

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
        events.c.cause,
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


_GIVEN = (
    func.unnest(
        cast(bindparam("event_ids"), ARRAY(Uuid)),
        cast(bindparam("consumers"), ARRAY(Text)),
        cast(bindparam("tokens"), ARRAY(BigInteger)),
    )
    .table_valued("event_id", "consumer", "token", name="given")
    .render_derived()
)
_OF_THESE = (
    _row.event_id == _GIVEN.c.event_id,
    _row.consumer == _GIVEN.c.consumer,
    _row.token == _GIVEN.c.token,
    _row.delivered_at.is_(None),
    _row.parked_at.is_(None),
)
COMPLETE = (
    update(deliveries).where(*_OF_THESE).values(delivered_at=_CLOCK, leased_until=None, error=None)
)
GIVE_BACK = (
    update(deliveries).where(*_OF_THESE).values(leased_until=None, attempts=_row.attempts - 1)
)
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

_PARKED = _row.parked_at.is_not(None)
REPLAY = (
    update(deliveries)
    .where(
        _PARKED,
        _row.event_id == bindparam("of_event"),
        or_(
            bindparam("of_consumer", type_=Text).is_(None),
            _row.consumer == bindparam("of_consumer", type_=Text),
        ),
    )
    .values(parked_at=None, attempts=0, not_before=_CLOCK, error=None)
)
