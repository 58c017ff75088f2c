"""Every storage adapter, for the one suite that all of them pass."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from tests.harness.books import books_agree
from tests.harness.postgres import PATIENCE, let_time_pass, make_empty, wait_for_waiters
from tests.harness.shop import House, house_over

from watchstore.adapters.memory import FrozenClock, MemoryStorage
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.service_layer.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class Kept:
    """A storage, and what a test must be able to do to its server."""

    storage: Storage
    later: Callable[[timedelta], None]
    until_waiting: Callable[[int], None]


def in_memory(_: pytest.FixtureRequest) -> Iterator[Kept]:
    clock = FrozenClock(datetime.now(UTC))
    storage = MemoryStorage(clock, RapidfuzzSpeller)

    def until_waiting(count: int = 1) -> None:
        assert storage._store.until_waiting(count, PATIENCE)

    yield Kept(storage, lambda time: clock.advance(time.total_seconds()), until_waiting)
    storage.close()


def in_postgres(request: pytest.FixtureRequest) -> Iterator[Kept]:
    url = request.getfixturevalue("database_url")
    storage = PostgresStorage(url, pool_size=64, speller=RapidfuzzSpeller)
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    yield Kept(storage, partial(let_time_pass, engine), partial(wait_for_waiters, engine))
    storage.close()
    make_empty(engine)


KINDS = {"memory": in_memory, "postgres": in_postgres}


@pytest.fixture(params=KINDS)
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    yield from KINDS[request.param](request)


@pytest.fixture(params=["memory", "postgres"])
def blank(request: pytest.FixtureRequest) -> Iterator[Callable[[], Storage]]:
    """Makes the storage empty again, for every example of a property."""
    if request.param == "memory":
        yield lambda: MemoryStorage(FrozenClock(datetime.now(UTC)), RapidfuzzSpeller)
        return
    url = request.getfixturevalue("database_url")
    storage = PostgresStorage(url, pool_size=2, speller=RapidfuzzSpeller)
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    def emptied() -> Storage:
        make_empty(engine)
        return storage

    yield emptied
    storage.close()
    make_empty(engine)


@pytest.fixture
def storage(kept: Kept) -> Storage:
    """Empty at first."""
    return kept.storage


@pytest.fixture
def later(kept: Kept) -> Callable[[timedelta], None]:
    """Let the storage's own clock go on."""
    return kept.later


@pytest.fixture
def until_waiting(kept: Kept) -> Callable[[int], None]:
    """Return once so many transactions wait for others."""
    return kept.until_waiting


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def house(storage: Storage, request: pytest.FixtureRequest) -> Iterator[House]:
    """Whatever a test does to it, its books agree in the end."""
    built = house_over(storage, FrozenClock(datetime.now(UTC)))
    yield built
    marker = request.node.get_closest_marker("breaks")
    books_agree(built.rival, but=marker.args if marker else ())
