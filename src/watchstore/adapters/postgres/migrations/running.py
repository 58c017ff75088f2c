"""Brings a database to the newest schema, one migrator at a time, while the shop is open."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from watchstore.adapters.postgres.errors import translated
from watchstore.service_layer.ports import ConcurrencyConflict, Unavailable

_ADVISORY_LOCK: Final = 7_236_041  # any number that nothing else in the database locks
_TRY_LOCK: Final = text("SELECT pg_try_advisory_lock(:key)")
# Whoever queues up for a table makes every query behind it wait too: give up soon, come back.
LOCK_TIMEOUT: Final = "1s"
ATTEMPTS: Final = 30
PAUSE: Final = 0.5  # seconds in which those who queued up behind us get through
PATIENCE: Final = 600.0  # seconds that another migrator may take


def migrate(url: str) -> None:
    """Upgrade to the newest revision; does nothing when the schema is there already.

    Raises Unavailable when the database cannot be reached, or a table stays locked.
    """
    with migrating(url) as connection:
        patiently(lambda: command.upgrade(configuration(connection), "head"))


@contextmanager
def migrating(url: str) -> Iterator[Connection]:
    """The connection of the only migrator there is, which waits for a lock but briefly."""
    engine = create_engine(url, poolclass=NullPool)
    with translated(), engine.connect() as connection:
        _wait_for_others(connection)
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.commit()
        yield connection


def patiently(move: Callable[[], None]) -> None:
    """Make a move that is all or nothing, again and again while others hold its locks."""
    for left in reversed(range(ATTEMPTS)):
        try:
            with translated():
                move()
        except ConcurrencyConflict as busy:
            if not left:
                raise Unavailable(f"Not migrated, a lock was not to be had: {busy}") from busy
        else:
            return
        time.sleep(PAUSE)


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _wait_for_others(connection: Connection) -> None:
    """Asks again and again: a query that waited would be waited for by CREATE INDEX CONCURRENTLY
    of the migrator that we wait for."""
    end = time.monotonic() + PATIENCE
    while not connection.execute(_TRY_LOCK, {"key": _ADVISORY_LOCK}).scalar_one():
        connection.rollback()
        if time.monotonic() > end:
            raise Unavailable("Not migrated: another migration takes too long.")
        time.sleep(PAUSE)
