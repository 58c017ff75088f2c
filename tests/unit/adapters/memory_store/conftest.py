from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.adapters.memory_store.library import BOOKS, SHELVES

from watchstore.adapters.memory.store import (
    Store,
)


@pytest.fixture
def store() -> Store:
    return Store(SHELVES, BOOKS)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool
