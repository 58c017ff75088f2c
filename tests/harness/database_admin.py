"""What tests do to a database behind the shop's back."""

import time
from datetime import timedelta
from typing import Final

from sqlalchemy import create_engine, text

from watchstore.adapters.postgres.schema import catalogue_state, metadata

# Whatever the server compares with its own clock: moved back, as if time had passed.
_AGEING: Final = {
    "pieces": ("hold_until",),
    "request_keys": ("claimed_at",),
    "events": ("recorded_at",),
    "deliveries": ("not_before", "leased_until", "delivered_at", "parked_at"),
    "sessions": ("started_at", "expires_at"),
}
_WAITING: Final = text(
    "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
)


class DatabaseAdmin:
    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1)

    def empty(self) -> None:
        """Every table but the catalogue's version, which has its one row from the start."""
        names = [table.name for table in metadata.sorted_tables if table is not catalogue_state]
        self._run(f"TRUNCATE {', '.join(names)} CASCADE")

    def age(self, time: timedelta) -> None:
        for table, columns in _AGEING.items():
            moved = ", ".join(f"{column} = {column} - :time" for column in columns)
            self._run(f"UPDATE {table} SET {moved}", time=time)

    def until_waiting(self, count: int = 1) -> None:
        """Return once so many sessions wait for a lock of another."""
        deadline = time.monotonic() + 10
        with self._engine.connect() as connection:
            while connection.scalar(_WAITING) < count:
                assert time.monotonic() < deadline, "nobody waits"

    def close(self) -> None:
        self._engine.dispose()

    def _run(self, statement: str, **values: object) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement), values)
