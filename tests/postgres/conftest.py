"""A shop over PostgreSQL, and what it says to the server."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool
from tests.harness.shop import House, house_over

from watchstore.adapters.memory import FrozenClock
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller


@pytest.fixture
def storage(database_url) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database_url, pool_size=4, speller=RapidfuzzSpeller)
    yield storage
    storage.close()


@pytest.fixture
def house(storage) -> House:
    return house_over(storage, FrozenClock(datetime.now(UTC)), seed=datetime.now(UTC).microsecond)


@pytest.fixture
def operator(database_url) -> Engine:
    """Somebody else's connection to the same database."""
    return create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
