"""The shop in any order of requests, the same over memory and over PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool
from tests.harness.crowd import TORTURE
from tests.harness.postgres import let_time_pass, make_empty
from tests.harness.shop import house_over, memory_shop
from tests.state_machines.checked import World
from tests.state_machines.machine import ShopMachine

from watchstore.adapters.memory import FrozenClock
from watchstore.adapters.memory.tables import EVENTS
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.postgres.schema import events
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller


def test_in_memory():
    class InMemory(ShopMachine):
        def open_world(self) -> World:
            house = memory_shop()

            def numbers() -> Iterable[tuple[UUID, int]]:
                with house.storage._store.transaction() as tx:
                    return [(row.aggregate, row.number) for row in tx.scan(EVENTS)]

            return World(house, lambda time: house.clock.advance(time.total_seconds()), numbers)

    run(InMemory, 500 if TORTURE else 60, 50 if TORTURE else 30)


def test_in_postgres(database_url):
    engine = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    storage = PostgresStorage(database_url, pool_size=4, speller=RapidfuzzSpeller)
    watcher = create_engine(database_url, isolation_level="AUTOCOMMIT")

    def numbers() -> Iterable[tuple[UUID, int]]:
        with watcher.connect() as connection:
            return [
                tuple(row) for row in connection.execute(select(events.c.aggregate, events.c.seq))
            ]

    class InPostgres(ShopMachine):
        def open_world(self) -> World:
            make_empty(engine)
            house = house_over(storage, FrozenClock(datetime.now(UTC)))
            return World(house, partial(let_time_pass, engine), numbers)

    run(InPostgres, 100 if TORTURE else 15, 50 if TORTURE else 25)
    storage.close()
    watcher.dispose()


def run(machine: type[ShopMachine], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
