"""Revisions are plain SQL: what runs in production is what a reviewer reads."""

from pathlib import Path
from typing import Final

from alembic import op
from sqlalchemy import Connection

# What runs concurrently makes nobody wait: it may itself wait for long transactions to end.
_LONG: Final = "SET lock_timeout = '60s'"
_INVALID: Final = (
    "SELECT quote_ident(relname) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
    " WHERE NOT indisvalid AND relnamespace = 'public'::regnamespace"
)


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


def in_batches(statement: str) -> None:
    """Again and again, each time a transaction of its own, until it changes no row.

    It has to limit itself (LIMIT in a subquery), and not to find what it has changed.
    """
    with op.get_context().autocommit_block():
        bind = op.get_bind()
        while bind.exec_driver_sql(_escaped(statement)).rowcount:
            pass


def _drop_unfinished(bind: Connection) -> None:
    """What an attempt that failed has left slows writes down, and looks as if it existed."""
    for name in bind.exec_driver_sql(_INVALID).scalars().all():
        bind.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def _escaped(statement: str) -> str:
    return statement.replace("%", "%%")  # the driver's escape, not SQL's
