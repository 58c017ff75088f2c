"""Going back and forth loses no sale: every revision that is younger than the sales."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.harness.language import an_offer, buy, cancel, deliver, drain_all, order_of, ship, told
from tests.harness.shop import House, house_over

from watchstore.adapters.memory import FrozenClock
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.postgres.migrations import configuration, migrating
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller

OLDEST = "0008"  # the first that has all that these sales need
_KEPT = (
    "SELECT id, number, email, lines, items_amount, timeline FROM orders ORDER BY id",
    "SELECT id, order_id, amount, state, reference FROM payments ORDER BY id",
    "SELECT id, offer_id, order_id, sold_at FROM pieces ORDER BY id",
    "SELECT id, aggregate, seq, payload FROM events ORDER BY id",
)


@pytest.fixture
def house(own_database_url: str) -> Iterator[House]:
    storage = PostgresStorage(own_database_url, pool_size=4, speller=RapidfuzzSpeller)
    house = house_over(storage, FrozenClock(datetime.now(UTC)))
    offer = an_offer(house, pieces=9)
    buy(house, offer, quantity=2)
    ship(house, buy(house, offer))
    delivered = buy(house, offer)
    ship(house, delivered)
    deliver(house, delivered)
    cancel(house, buy(house, offer))
    told(house.shop.place_order, order_of((offer, 1), card="tok_declined"))
    drain_all(house)
    yield house
    storage.close()


def kept(url: str) -> list[list[object]]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return [[*map(tuple, connection.execute(text(each)))] for each in _KEPT]


def revisions(url: str) -> list[str]:
    """From the newest to the oldest that there is a way back to."""
    with migrating(url) as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
        names = [each.revision for each in scripts.walk_revisions()]
    return names[: names.index(OLDEST)]


def test_each_revision_can_be_taken_back_and_made_again(own_database_url, house):
    before = kept(own_database_url)
    for _ in revisions(own_database_url):
        with migrating(own_database_url) as connection:
            command.downgrade(configuration(connection), "-1")
            command.upgrade(configuration(connection), "+1")
            command.downgrade(configuration(connection), "-1")
        assert kept(own_database_url) == before
    with migrating(own_database_url) as connection:
        command.upgrade(configuration(connection), "head")
    assert kept(own_database_url) == before


@pytest.mark.parametrize(
    ("back_to", "odd"),
    [
        ("0012", set()),
        ("0009", {"invoice_missing"}),  # it knows no papers: they are written anew by hand
        (OLDEST, {"invoice_missing", "order_timeline"}),  # `delivered` is `shipped` again
    ],
)
def test_all_of_them_leave_records_that_agree(own_database_url, house, back_to, odd):
    with migrating(own_database_url) as connection:
        command.downgrade(configuration(connection), back_to)
        command.upgrade(configuration(connection), "head")
    assert {difference.rule for difference in house.rival.verify()} == odd
