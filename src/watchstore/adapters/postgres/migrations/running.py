"""Brings a database to the newest schema, one migrator at a time."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from watchstore.adapters.postgres.errors import translated

_ADVISORY_LOCK: Final = 7_236_041  # any number that nothing else in the database locks
# Waiting for a table lock makes every query behind it wait too: give up soon, deploy again.
_LOCK_TIMEOUT: Final = "SET lock_timeout = '3s'"


def migrate(url: str) -> None:
    """Upgrade to the newest revision; does nothing when the schema is there already.

    Raises Unavailable when the database cannot be reached.
    """
    engine = create_engine(url, poolclass=NullPool)
    with translated(), engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        connection.execute(text(_LOCK_TIMEOUT))
        connection.commit()
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
