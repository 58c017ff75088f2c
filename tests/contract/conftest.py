"""Every storage adapter, for the one suite that all of them pass."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from tests.harness.database_admin import DatabaseAdmin
from tests.harness.shop import House, house_over, no_speller

from watchstore.adapters.memory import FrozenClock, MemoryStorage
from watchstore.adapters.postgres import PostgresStorage
from watchstore.service_layer.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class Kept:
    """A storage, and what a test must be able to do to its server."""

    storage: Storage
    later: Callable[[timedelta], None]
    until_waiting: Callable[[int], None]


# One connection for each thread of the widest race.
POOL_SIZE = 64


def in_memory() -> Iterator[Kept]:
    clock = FrozenClock(datetime.now(UTC))
    storage = MemoryStorage(clock, no_speller)

    def until_waiting(count: int = 1) -> None:
        assert storage._store.until_waiting(count, 10)

    yield Kept(storage, lambda time: clock.advance(time.total_seconds()), until_waiting)
    storage.close()


def in_postgres(url: str) -> Iterator[Kept]:
    admin = DatabaseAdmin(url)
    admin.empty()
    storage = PostgresStorage(url, pool_size=POOL_SIZE, speller=no_speller)
    yield Kept(storage, admin.age, admin.until_waiting)
    storage.close()
    admin.close()


@pytest.fixture(params=["memory", "postgres"])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    if request.param == "memory":
        yield from in_memory()
    else:
        yield from in_postgres(request.getfixturevalue("database_url"))


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
def house(storage: Storage) -> House:
    return house_over(storage, FrozenClock(datetime.now(UTC)))
