"""Revisions are plain SQL: what runs in production is what a reviewer reads."""

from pathlib import Path
from typing import Final, cast

from alembic import op
from sqlalchemy import Connection

# What runs concurrently makes nobody wait: it may itself wait for long transactions to end.
_LONG: Final = "SET lock_timeout = '60s'"
_INVALID: Final = (
    "SELECT quote_ident(relname) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
    " WHERE NOT indisvalid AND relnamespace = 'public'::regnamespace"
)
# By the key: a search for what is not changed yet would read all that is, every time.
_BATCH: Final = """
    WITH batch AS (
        SELECT id FROM {table} WHERE id > %(after)s ORDER BY id LIMIT 1000),
    changed AS (
        UPDATE {table} SET {change} FROM batch WHERE {table}.id = batch.id AND ({of}))
    SELECT id FROM batch ORDER BY id DESC LIMIT 1"""
_FIRST: Final = "00000000-0000-0000-0000-000000000000"


def run(name: str) -> None:
    """A whole script of this folder, in the revision's one transaction."""
    script = (Path(__file__).parent / "versions" / name).read_text()
    op.get_bind().exec_driver_sql(_escaped(script))


def concurrently(*statements: str) -> None:
    """Each outside any transaction, such as CREATE INDEX CONCURRENTLY IF NOT EXISTS.

    The revision may be run again from its start: it holds nothing that can't be done twice.
    """
    with op.get_context().autocommit_block():
        bind = op.get_bind()
        before = bind.exec_driver_sql("SHOW lock_timeout").scalar_one()
        bind.exec_driver_sql(_LONG)
        try:
            _drop_unfinished(bind)
            for statement in statements:
                bind.exec_driver_sql(_escaped(statement))
        finally:
            bind.exec_driver_sql(f"SET lock_timeout = '{before}'")


def in_batches(table: str, change: str, *, of: str) -> None:
    """Once through the table by its id: `change` (column = value) the rows of a condition.

    Each batch is a transaction of its own. It may be run again from the start.
    """
    batch = _BATCH.format(table=table, change=_escaped(change), of=_escaped(of))
    with op.get_context().autocommit_block():
        bind, after = op.get_bind(), cast(str | None, _FIRST)
        while after:
            after = bind.exec_driver_sql(batch, {"after": after}).scalar_one_or_none()


def _drop_unfinished(bind: Connection) -> None:
    """What an attempt that failed has left slows writes down, and looks as if it existed."""
    for name in bind.exec_driver_sql(_INVALID).scalars().all():
        bind.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def _escaped(statement: str) -> str:
    return statement.replace("%", "%%")  # the driver's escape, not SQL's
