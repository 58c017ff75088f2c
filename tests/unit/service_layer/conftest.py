from collections.abc import Iterator

import pytest
from tests.harness.books import books_agree
from tests.harness.shop import House, memory_shop


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """A shop in memory; a rival or a crash that never came fails the test, and so do books
    that do not agree."""
    built = memory_shop()
    yield built
    built.steps.require_all_reached()
    marker = request.node.get_closest_marker("breaks")
    books_agree(built.rival, but=marker.args if marker else ())
