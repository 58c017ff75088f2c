from collections.abc import Iterator

import pytest
from tests.harness.shop import House, memory_shop


@pytest.fixture
def house() -> Iterator[House]:
    """A shop in memory; a rival or a crash that never came fails the test."""
    built = memory_shop()
    yield built
    built.steps.require_all_reached()
