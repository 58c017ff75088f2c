"""Events and who is to be told of them: one statement however many there are."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Insert,
    Integer,
    Interval,
    Text,
    Uuid,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.event_codec import encoded
from watchstore.adapters.postgres.schema import deliveries, events
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.events import Event
from watchstore.service_layer.cause import CAUSE
from watchstore.service_layer.reactions import reactions_to

_AGGREGATE = bindparam("event_aggregate", type_=Uuid)
_CAUSE = bindparam("event_cause", type_=Text)


def _documents(param: str, *columns: Any) -> Any:
    documents = func.jsonb_to_recordset(bindparam(param, type_=JSONB))
    return documents.table_valued(*columns, name=param).render_derived(with_types=True)


def _appended() -> CTE:
    """Numbers go on from the aggregate's last: whoever appends holds the aggregate's lock."""
    new = _documents(
        "new_events",
        column("n", Integer),
        column("name", Text),
        column("version", Integer),
        column("payload", JSONB),
    )
    last = (
        select(func.coalesce(func.max(events.c.seq), 0))
        .where(events.c.aggregate == _AGGREGATE)
        .scalar_subquery()
    )
    told = (new.c.name, new.c.version, new.c.payload)
    numbered = select(_AGGREGATE, last + new.c.n, *told, _CAUSE)
    names = ["aggregate", "seq", "name", "version", "payload", "cause"]
    added = insert(events).from_select(names, numbered, include_defaults=False)
    return added.returning(events.c.id, events.c.seq).cte("appended")


def _delivered(appended: CTE) -> Insert:
    told = _documents(
        "new_deliveries", column("n", Integer), column("consumer", Text), column("after", Interval)
    )
    first = select(func.min(appended.c.seq)).scalar_subquery()
    rows = select(
        appended.c.id,
        told.c.consumer,
        _AGGREGATE,
        appended.c.seq,
        func.clock_timestamp() + told.c.after,
    ).join_from(appended, told, appended.c.seq == first + told.c.n - literal_column("1"))
    names = ["event_id", "consumer", "aggregate", "seq", "not_before"]
    return insert(deliveries).from_select(names, rows, include_defaults=False)


_APPEND = _delivered(_appended())


class PostgresOutbox:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def append(self, aggregate: UUID, *happened: Event) -> None:
        numbered = list(enumerate(happened, start=1))
        params = {
            "event_aggregate": aggregate,
            "event_cause": CAUSE.get(),
            "new_events": [{"n": n, **encoded(event)} for n, event in numbered],
            "new_deliveries": [
                {
                    "n": n,
                    "consumer": reaction.consumer,
                    "after": f"{reaction.after.total_seconds()} s",
                }
                for n, event in numbered
                for reaction in reactions_to(event)
            ],
        }
        self._transaction.later(_APPEND, params)
