"""Many events, many workers: fast, in order, and nothing lost when workers are killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import NullPool
from tests.harness.torture import repetitions
from tests.support.gateway_process import SOURCES, environment

from watchstore.adapters.postgres.delivery_statements import LEASE

pytestmark = [pytest.mark.serial, pytest.mark.long]

AGGREGATES, EACH, WORKERS = 1000, 10, 4
EVENTS = AGGREGATES * EACH
PATIENCE = 60
_WRITE = """
    WITH aggregates AS (SELECT gen_random_uuid() AS id FROM generate_series(1, :aggregates)),
    happened AS (
        INSERT INTO events (aggregate, seq, name, version, payload, recorded_at)
        SELECT id, seq, 'order.paid', 1, jsonb_build_object('order_id', id || '/' || seq),
            clock_timestamp() - interval '1 day'
        FROM generate_series(1, :each) seq, aggregates
        RETURNING id, aggregate, seq)
    INSERT INTO deliveries (event_id, consumer, aggregate, seq, not_before, delivered_at)
    SELECT id, 'mail', aggregate, seq, clock_timestamp(), {delivered} FROM happened"""
_OPEN = text("SELECT count(*) FROM deliveries WHERE delivered_at IS NULL")
_EFFECTS = "CREATE TABLE effects (n bigserial, event text PRIMARY KEY, aggregate uuid, seq int)"
_ORDER = text("SELECT aggregate, array_agg(seq ORDER BY n) FROM effects GROUP BY aggregate")


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    yield engine
    run(engine, "TRUNCATE events, deliveries")
    run(engine, "DROP TABLE IF EXISTS effects")


def run(database: Engine, statement: str, **given: object) -> None:
    with database.connect() as connection:
        connection.execute(text(statement), given)


def write_events(database: Engine, aggregates: int, each: int, delivered: str = "NULL") -> None:
    run(database, _WRITE.format(delivered=delivered), aggregates=aggregates, each=each)
    run(database, "ANALYZE events, deliveries")


def left(database: Engine) -> int:
    with database.connect() as connection:
        return int(connection.execute(_OPEN).scalar_one())


@contextmanager
def worker(url: str, kind: str) -> Iterator["subprocess.Popen[str]"]:
    root = Path(__file__).parents[2]
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.drainer", url, kind],
        env={**environment(), "PYTHONPATH": f"{SOURCES}:{root}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with started:
        assert started.stdout.readline() == "ready\n"
        yield started
        started.kill()


def begin(*workers: "subprocess.Popen[str]") -> float:
    for one in workers:
        one.stdin.write("go\n")
        one.stdin.flush()
    return time.monotonic()


def until(database: Engine, most: int, *, pause: float = 0.05) -> None:
    end = time.monotonic() + PATIENCE
    while left(database) > most:
        assert time.monotonic() < end, f"{left(database)} events are left"
        time.sleep(pause)


def test_ten_thousand_events_at_five_hundred_a_second(database: Engine, database_url: str) -> None:
    write_events(database, AGGREGATES, EACH)
    with ExitStack() as stack:
        workers = [stack.enter_context(worker(database_url, "nothing")) for _ in range(WORKERS)]
        begun = begin(*workers)
        until(database, 0)
        rate = EVENTS / (time.monotonic() - begun)
    assert rate >= 500, f"{rate:.0f} events/s"


def test_killed_workers_lose_nothing_and_repeat_no_effect(
    database: Engine, database_url: str
) -> None:
    chance = Random(3)
    for _ in range(repetitions(1, 5)):
        run(database, "TRUNCATE events, deliveries")
        run(database, "DROP TABLE IF EXISTS effects")
        run(database, _EFFECTS)
        write_events(database, AGGREGATES, EACH)
        with ExitStack() as stack:
            workers = [stack.enter_context(worker(database_url, "effects")) for _ in range(WORKERS)]
            begin(*workers)
            for victim in chance.sample(workers, 2):
                until(database, left(database) - chance.randint(100, 2000), pause=0.01)
                assert left(database) > 0
                victim.kill()
            until(database, 0)
        with database.connect() as connection:
            told = dict(connection.execute(_ORDER).all())
        assert len(told) == AGGREGATES
        assert set(map(tuple, told.values())) == {tuple(range(1, EACH + 1))}


def test_a_lease_stays_fast_behind_a_million_delivered_rows(database: Engine) -> None:
    write_events(database, repetitions(5_000, 100_000), EACH, delivered="clock_timestamp()")
    write_events(database, 100, EACH)
    compiled = LEASE.compile(dialect=postgresql.dialect(paramstyle="pyformat"))
    given = compiled.construct_params({"most": 100, "lasting": timedelta(seconds=10)})
    with database.connect() as connection:
        explained = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}", given)
        plan = explained.scalar_one()[0]
    nodes = list(nodes_of(plan["Plan"]))
    assert "deliveries_due_idx" in {node.get("Index Name") for node in nodes}
    assert not [node for node in nodes if node["Node Type"] == "Seq Scan"]
    assert plan["Execution Time"] < 100


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes_of(child)
