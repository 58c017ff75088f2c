"""What a migration really says to PostgreSQL: heard while it runs, not read in its source."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event

from watchstore.adapters.postgres.migrations import configuration

OWN_VERSIONS = Path(__file__).parent / "versions"
# Alembic's own books, the driver's questions, and what our helpers say around a statement.
_ASIDE = ("alembic_version", "pg_catalog", "pg_index", "SHOW ", "SET ")


@dataclass(frozen=True, slots=True)
class Said:
    statement: str
    transactional: bool = True


@dataclass(frozen=True, slots=True)
class Revision:
    name: str
    said: tuple[Said, ...]
    contract: object = None  # the reason why the running release can live without it


def with_own_versions(connection: Connection) -> Config:
    """The real revisions, and behind them those of this folder."""
    config = configuration(connection)
    real = Path(config.get_main_option("script_location") or "") / "versions"
    config.set_main_option("version_locations", f"{real}:{OWN_VERSIONS}")
    return config


def revisions(connection: Connection, config: Config) -> list[Revision]:
    """Every revision, run on an empty database."""
    known = [*ScriptDirectory.from_config(config).walk_revisions()]
    return [_heard(connection, config, script) for script in reversed(known)]


def _heard(connection: Connection, config: Config, script: Any) -> Revision:
    with _listening() as said:
        command.upgrade(config, script.revision)
    return Revision(script.revision, tuple(said), getattr(script.module, "CONTRACT", None))


@contextmanager
def _listening() -> Iterator[list[Said]]:
    said: list[Said] = []

    def hear(_connection: Any, cursor: Any, statement: str, params: Any, *_rest: Any) -> None:
        if not any(each in statement for each in _ASIDE[:3]) and not statement.startswith(_ASIDE):
            whole = cursor.mogrify(statement, params or None).decode()
            said.append(Said(whole.replace("%%", "%"), not cursor.connection.autocommit))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
