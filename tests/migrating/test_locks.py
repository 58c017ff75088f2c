"""A migrator that has to wait makes nobody else wait for long, and gives up in the end."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic
from types import SimpleNamespace

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool
from tests.harness.postgres import wait_for_waiters
from tests.migrating.capturing import with_own_versions

from watchstore.adapters.postgres.engine import reads
from watchstore.adapters.postgres.migrations import migrate, migrating, patiently, running, scripts
from watchstore.service_layer.ports import Unavailable

_INDEXES = text(
    "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
    " WHERE relname LIKE 'orders_by_channel%' AND indisvalid = :valid"
)


@pytest.fixture
def operator(own_database_url: str) -> Engine:
    return create_engine(own_database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")


@contextmanager
def a_long_read(operator: Engine) -> Iterator[Connection]:
    with operator.connect().execution_options(isolation_level="READ COMMITTED") as reader:
        reader.execute(text("SELECT FROM orders LIMIT 1"))
        yield reader


def up(url: str, to: str) -> None:
    with migrating(url) as connection:
        config = with_own_versions(connection)
        patiently(lambda: command.upgrade(config, to))


def test_who_queues_up_behind_a_migrator_gets_through(own_database_url, operator):
    pool = reads(own_database_url, pool_size=1)
    with ThreadPoolExecutor(1) as thread, a_long_read(operator) as reader:
        moving = thread.submit(up, own_database_url, "t01")
        wait_for_waiters(operator)
        with pool.connect() as buyer:
            assert buyer.execute(text("SELECT count(*) FROM orders")).scalar_one() == 0
        assert not moving.done()
        reader.rollback()
        moving.result()
    pool.dispose()


def test_a_table_that_stays_locked_ends_the_attempt(own_database_url, operator, monkeypatch):
    monkeypatch.setattr(running, "ATTEMPTS", 2)
    monkeypatch.setattr(running, "PAUSE", 0)
    monkeypatch.setattr(running, "LOCK_TIMEOUT", "50ms")
    with a_long_read(operator), pytest.raises(Unavailable, match="lock timeout"):
        up(own_database_url, "t01")
    up(own_database_url, "t01")


def test_who_waits_for_its_turn_is_not_waited_for(own_database_url, operator, monkeypatch):
    """CREATE INDEX CONCURRENTLY waits for every query that began before it."""
    asked, over = threading.Event(), threading.Event()

    def pause(_seconds: float) -> None:
        asked.set()
        over.wait(0.01)

    with ThreadPoolExecutor(1) as thread, migrating(own_database_url) as connection:
        monkeypatch.setattr(running, "time", SimpleNamespace(sleep=pause, monotonic=monotonic))
        waiting = thread.submit(migrate, own_database_url)
        asked.wait(2)
        config = with_own_versions(connection)
        command.upgrade(config, "t03")
        assert not waiting.done()
        command.downgrade(config, "-3")
        connection.execute(text("SELECT pg_advisory_unlock_all()"))
        connection.commit()
        waiting.result(30)


def test_another_migration_is_not_waited_for_for_ever(own_database_url, monkeypatch):
    monkeypatch.setattr(running, "PAUSE", 0)
    monkeypatch.setattr(running, "PATIENCE", 0)
    with migrating(own_database_url), pytest.raises(Unavailable, match="another migration"):
        migrate(own_database_url)


def test_what_an_index_left_unfinished_is_made_anew(own_database_url, operator, monkeypatch):
    up(own_database_url, "t02")
    monkeypatch.setattr(scripts, "_LONG", "SET lock_timeout = '50ms'")
    monkeypatch.setattr(running, "ATTEMPTS", 1)
    with operator.connect().execution_options(isolation_level="READ COMMITTED") as writer:
        writer.execute(text("LOCK TABLE orders IN ROW EXCLUSIVE MODE"))
        with pytest.raises(Unavailable):
            up(own_database_url, "t03")
        assert indexes(operator, valid=False) == ["orders_by_channel_idx"]
    up(own_database_url, "t03")
    assert indexes(operator, valid=True) == ["orders_by_channel_idx"]


def indexes(operator: Engine, *, valid: bool) -> list[str]:
    with operator.connect() as connection:
        return list(connection.execute(_INDEXES, {"valid": valid}).scalars())
