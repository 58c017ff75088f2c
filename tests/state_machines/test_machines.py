"""The shop in any order of requests, the same over memory and over PostgreSQL."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool
from tests.harness.postgres import let_time_pass, make_empty
from tests.harness.shop import house_over, memory_shop
from tests.harness.torture import repetitions
from tests.mutants import witness
from tests.state_machines.checked import Checked, World
from tests.state_machines.life_machine import LifeMachine
from tests.state_machines.machine import ShopMachine

from watchstore.adapters.memory import FrozenClock
from watchstore.adapters.memory.tables import EVENTS
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.postgres.schema import events
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller

pytestmark = pytest.mark.long
MACHINES = [ShopMachine, LifeMachine]


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.__name__)
def test_in_memory(machine):
    class InMemory(machine):
        def open_world(self) -> World:
            house = memory_shop()

            def numbers() -> Iterable[tuple[UUID, int]]:
                with house.storage._store.transaction() as tx:
                    return [(row.aggregate, row.number) for row in tx.scan(EVENTS)]

            return World(house, lambda time: house.clock.advance(time.total_seconds()), numbers)

    run(InMemory, repetitions(200, 500), repetitions(30, 50))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.__name__)
def test_in_postgres(machine, database_url):
    with postgres_worlds(database_url) as open_world:

        class InPostgres(machine):
            def open_world(self) -> World:
                return open_world()

        run(InPostgres, repetitions(15, 100), repetitions(25, 50))


@contextmanager
def postgres_worlds(url: str) -> Iterator[partial[World]]:
    """Opens an empty shop in one database as often as it is asked."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    storage = PostgresStorage(url, pool_size=4, speller=RapidfuzzSpeller)
    watcher = create_engine(url, isolation_level="AUTOCOMMIT")

    def numbers() -> Iterable[tuple[UUID, int]]:
        with watcher.connect() as connection:
            rows = connection.execute(select(events.c.aggregate, events.c.seq))
            return [(row.aggregate, row.seq) for row in rows]

    def open_world() -> World:
        make_empty(engine)
        house = house_over(storage, FrozenClock(datetime.now(UTC)))
        return World(house, partial(let_time_pass, engine), numbers)

    yield partial(open_world)
    storage.close()
    watcher.dispose()


def run(machine: type[Checked], examples: int, steps: int) -> None:
    shrinking = {Phase.shrink}
    if witness.REPORT in os.environ:  # a mutant has to be found, not to be explained
        examples, shrinking = 2 * examples, set()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            phases={Phase.explicit, Phase.reuse, Phase.generate} | shrinking,
            suppress_health_check=list(HealthCheck),
        ),
    )
