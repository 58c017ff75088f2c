"""What tests do to a PostgreSQL database behind its adapter's back."""

import os
import time
from datetime import timedelta

from sqlalchemy import Engine, Interval, bindparam, text

from watchstore.adapters.postgres.schema import catalogue_state, metadata, papers
from watchstore.adapters.postgres.schema.columns import Instant

# Seconds until a transaction that ought to wait is said not to.
PATIENCE = float(os.environ.get("WATCHSTORE_TEST_PATIENCE", "10"))
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_OLDER_TIMELINES = text(
    "UPDATE orders SET timeline = (SELECT"
    " jsonb_agg(jsonb_set(entry, '{at}', to_jsonb((entry->>'at')::timestamptz - :passed)))"
    " FROM jsonb_array_elements(timeline) entry)"
).bindparams(bindparam("passed", type_=Interval))
_KEPT = {catalogue_state.name}
# Nothing changes a paper, and nobody asks how old it is.
_UNCHANGED = {papers.name}


def make_empty(engine: Engine) -> None:
    """Row by row, whatever triggers say: to truncate so many tables takes five times as long."""
    names = [table.name for table in metadata.sorted_tables if table.name not in _KEPT]
    deletes = "; ".join(f"DELETE FROM {name}" for name in names)
    with engine.connect() as connection:
        connection.execute(
            text(f"BEGIN; SET LOCAL session_replication_role = replica; {deletes}; COMMIT")
        )


def let_time_pass(engine: Engine, time_passed: timedelta) -> None:
    """Nobody can move the server's clock: every stored time is moved into the past instead,
    also where a trigger says that nothing changes."""
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        for table in metadata.sorted_tables:
            if table.name in _UNCHANGED:
                continue
            times = [column.name for column in table.c if isinstance(column.type, Instant)]
            moved = ", ".join(f"{name} = {name} - :passed" for name in times)
            if moved:
                connection.execute(
                    text(f"UPDATE {table.name} SET {moved}"), {"passed": time_passed}
                )
        connection.execute(_OLDER_TIMELINES, {"passed": time_passed})


def wait_for_waiters(engine: Engine, count: int = 1) -> None:
    """Return once so many transactions wait for a lock; PostgreSQL tells only who asks."""
    end = time.monotonic() + PATIENCE
    with engine.connect() as connection:
        while connection.execute(_WAITING).scalar_one() < count:
            assert time.monotonic() < end, f"fewer than {count} transactions wait"
            time.sleep(0.01)
