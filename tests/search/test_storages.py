"""The bar for finding a watch, asked of the storages themselves, on the whole catalogue."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from tests.harness.shop import house_over
from tests.search.catalogue import watches
from tests.search.queries import Query, queries

from watchstore.adapters.memory import FrozenClock, MemoryStorage
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.domain import Slug
from watchstore.entrypoints.demo import load_demo
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import Listing

RIGHT_FIRST, RIGHT_IN_TEN = 0.97, 0.99


@pytest.fixture(scope="module", params=["memory", "postgres"])
def stocked(request: pytest.FixtureRequest) -> Iterator[Storage]:
    """The demo's 2,126 watches with their stock."""
    clock = FrozenClock(datetime.now(UTC))
    storage: Storage = MemoryStorage(clock, RapidfuzzSpeller)
    if request.param == "postgres":
        url = request.getfixturevalue("database_url")
        storage = PostgresStorage(url, pool_size=2, speller=RapidfuzzSpeller)
    load_demo(house_over(storage, clock).rival)
    yield storage
    storage.close()


@pytest.fixture(scope="module")
def answered(stocked: Storage) -> list[tuple[Query, list[str]]]:
    return [(query, found(stocked, query.text)) for query in queries()]


def found(storage: Storage, text: str) -> list[str]:
    page = storage.catalogue.listing(Listing(text=text, limit=10))
    return [card.slug for card in page.items]


def right(query: Query) -> set[str]:
    answers = (watches()[place] for place in query.answers)
    return {Slug.of(each.brand, each.collection, each.reference).text for each in answers}


def test_everything_is_listed(stocked: Storage) -> None:
    assert stocked.catalogue.listing(Listing()).total == 2126


def test_no_query_comes_back_empty(answered: list[tuple[Query, list[str]]]) -> None:
    assert not [query.text for query, slugs in answered if not slugs]


def test_the_first_hit_is_right(answered: list[tuple[Query, list[str]]]) -> None:
    misses = [query.text for query, slugs in answered if slugs[0] not in right(query)]
    assert len(misses) <= (1 - RIGHT_FIRST) * len(answered), misses


def test_a_right_hit_is_among_the_first_ten(answered: list[tuple[Query, list[str]]]) -> None:
    misses = [query.text for query, slugs in answered if not right(query) & set(slugs)]
    assert len(misses) <= (1 - RIGHT_IN_TEN) * len(answered), misses


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("rolx", "brand"),
        ("speedm", "collection"),
        ("126610ln", "watch"),
    ],
)
def test_suggestions_follow_what_is_typed(stocked: Storage, typed: str, first: str) -> None:
    suggestions = stocked.catalogue.suggest(typed)
    assert suggestions[0].kind == first
    assert len(suggestions) <= 8


MOST_STATEMENTS = 3


@pytest.mark.parametrize(
    "listing",
    [
        Listing(),
        Listing(filters={"brand": ("omega", "rolex"), "availability": ("in_stock",)}, limit=100),
        Listing(text="speedmastr proffesional"),
        Listing(text="gold 40mm", filters={"movement": ("automatic",), "year": ("2017",)}),
    ],
)
def test_a_listing_is_at_most_three_statements(database_url: str, listing: Listing) -> None:
    storage = PostgresStorage(database_url, pool_size=1, speller=RapidfuzzSpeller)
    statements: list[str] = []

    @event.listens_for(storage._reads, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    for _ in ("knowing nothing yet", "the same again"):
        statements.clear()
        storage.catalogue.listing(listing)
        assert 1 <= len(statements) <= MOST_STATEMENTS
    storage.close()
