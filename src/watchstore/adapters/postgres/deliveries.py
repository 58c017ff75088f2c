"""The worker's side of the outbox; every call is one statement and one transaction."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Executable, Row

from watchstore.adapters.postgres import delivery_statements as statements
from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.event_codec import UnknownEvent, decoded
from watchstore.adapters.postgres.tidying import TIDY
from watchstore.service_layer.ports import Backlog, Lease


class PostgresDeliveries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lease(self, *, most: int, lasting: timedelta) -> tuple[Lease, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(statements.LEASE, {"most": most, "lasting": lasting}).all()
        leases = (self._readable(row) for row in rows)
        return tuple(lease for lease in leases if lease is not None)

    def complete(self, *leases: Lease) -> int:
        return self._change_all(statements.COMPLETE, leases)

    def give_back(self, *leases: Lease) -> None:
        self._change_all(statements.GIVE_BACK, leases)

    def postpone(self, lease: Lease, *, delay: timedelta, error: str) -> None:
        self._change(statements.POSTPONE, lease, delay=delay, reason=_storable(error))

    def park(self, lease: Lease, *, error: str) -> None:
        self._change(statements.PARK, lease, reason=_storable(error))

    def replay(self, event_id: UUID, *, consumer: str | None = None) -> int:
        with translated(), self._engine.connect() as connection:
            params = {"of_event": event_id, "of_consumer": consumer}
            return connection.execute(statements.REPLAY, params).rowcount

    def tidy(self, *, older_than: timedelta, most: int = 1000) -> int:
        with translated(), self._engine.connect() as connection:
            params = {"older_than": older_than, "most": most}
            return int(connection.execute(TIDY, params).scalar_one())

    def _change_all(self, statement: Executable, leases: Sequence[Lease]) -> int:
        if not leases:
            return 0
        params = {
            "event_ids": [lease.event_id for lease in leases],
            "consumers": [lease.consumer for lease in leases],
            "tokens": [lease.token for lease in leases],
        }
        with translated(), self._engine.connect() as connection:
            return connection.execute(statement, params).rowcount

    def backlog(self) -> Backlog:
        with translated(), self._engine.connect() as connection:
            row = connection.execute(statements.BACKLOG).one()
        return Backlog(row.pending, row.parked, row.oldest)

    def _change(self, statement: Executable, lease: Lease, **params: object) -> int:
        return self._settle(statement, lease.event_id, lease.consumer, lease.token, **params)

    def _settle(
        self, statement: Executable, event_id: object, consumer: str, token: int, **params: object
    ) -> int:
        named = {"of_event": event_id, "of_consumer": consumer, "of_token": token, **params}
        with translated(), self._engine.connect() as connection:
            return connection.execute(statement, named).rowcount

    def _readable(self, row: Row[Any]) -> Lease | None:
        """The lease; None when this release cannot read the event, whose stream then waits."""
        try:
            event = decoded(row.name, row.version, row.payload)
        except UnknownEvent as unknown:
            reason = f"unknown event: {unknown}"
            self._settle(statements.PARK, row.event_id, row.consumer, row.token, reason=reason)
            return None
        named = (row.event_id, row.consumer, row.aggregate)
        return Lease(*named, event, row.attempts, row.token, row.cause)


def _storable(error: str) -> str:
    """PostgreSQL keeps neither NUL nor half a character, and an error may hold both."""
    return error.replace("\x00", "").encode("utf-8", "replace").decode()
