"""The worker's side of the outbox; every call is one statement and one transaction."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Executable, Row

from watchstore.adapters.postgres import delivery_statements as statements
from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.event_codec import UnknownEvent, decoded
from watchstore.service_layer.ports import Backlog, Lease


class PostgresDeliveries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lease(self, *, most: int, lasting: timedelta) -> tuple[Lease, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(statements.LEASE, {"most": most, "lasting": lasting}).all()
        leases = (self._readable(row) for row in rows)
        return tuple(lease for lease in leases if lease is not None)

    def complete(self, lease: Lease) -> bool:
        return self._change(statements.COMPLETE, lease) == 1

    def postpone(self, lease: Lease, *, delay: timedelta, error: str) -> None:
        self._change(statements.POSTPONE, lease, delay=delay, reason=_storable(error))

    def park(self, lease: Lease, *, error: str) -> None:
        self._change(statements.PARK, lease, reason=_storable(error))

    def tidy(self, *, older_than: timedelta) -> int:
        with translated(), self._engine.connect() as connection:
            return int(connection.execute(statements.TIDY, {"older_than": older_than}).scalar_one())

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
        return Lease(row.event_id, row.consumer, row.aggregate, event, row.attempts, row.token)


def _storable(error: str) -> str:
    """PostgreSQL keeps neither NUL nor half a character, and an error may hold both."""
    return error.replace("\x00", "").encode("utf-8", "replace").decode()
