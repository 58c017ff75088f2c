"""Ten migrations up and down on a hundred thousand orders while buyers shop: no request fails."""

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.harness.buying import buy, guest
from tests.harness.goods import Goods
from tests.harness.stack import Stack, running_stack
from tests.harness.torture import repetitions
from tests.migrating.buyers import buyers_shopping, together
from tests.migrating.capturing import with_own_versions
from tests.migrating.filling import fill

from watchstore.adapters.postgres.migrations import migrating, patiently
from watchstore.entrypoints.library import open_shop

pytestmark = [pytest.mark.serial, pytest.mark.long]

ORDERS, STEPS, BUYERS = 100_000, 10, 4
ROUNDS = repetitions(1, 5)
OFFERS, PIECES = 8, repetitions(500, 4000)
READS = 4.0  # seconds that a report stays in its transaction: longer than anybody waits for a lock
_COUNTED = text("SELECT count(*), count(DISTINCT state) FROM orders")


@pytest.fixture
def stack(tmp_path: Path, own_database_url: str, redis_url: str) -> Iterator[Stack]:
    with running_stack(tmp_path, own_database_url, redis_url) as stack:
        yield stack


@contextmanager
def a_long_report(url: str) -> Iterator[None]:
    """Somebody reads the orders in one long transaction: no ALTER TABLE gets past it."""
    engine, begun = create_engine(url, poolclass=NullPool), threading.Event()

    def read() -> None:
        with engine.connect() as connection:
            assert connection.execute(_COUNTED).first()[0] >= ORDERS
            begun.set()
            connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": READS})

    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(read)
        assert begun.wait(60)
        yield
        reading.result()


def up_and_down(url: str) -> None:
    with migrating(url) as connection:
        config = with_own_versions(connection)
        for _ in range(STEPS):
            patiently(lambda: command.upgrade(config, "+1"))
        for _ in range(STEPS):
            patiently(lambda: command.downgrade(config, "-1"))


def test_no_request_fails(stack: Stack) -> None:
    with open_shop(stack.database_url, gateway_url=stack.gateway_url) as shop:
        goods = Goods(shop)
        offers = [goods.offer(PIECES) for _ in range(OFFERS)]
        with closing(guest(stack.url, offers[0])) as client:
            number = buy(client, (offers[0], 1)).json["number"]
        fill(stack.database_url, stack.folder / "gateway.sqlite", number, orders=ORDERS)

        with buyers_shopping(stack.url, offers, buyers=BUYERS) as seen:
            for _ in range(ROUNDS):
                with a_long_report(stack.database_url):
                    up_and_down(stack.database_url)
        saw = together(seen)
        sys.stdout.write(
            f"{len(saw.seconds)} requests, {saw.bought} orders; p50 {saw.p(0.5):.3f} s,"
            f" p99 {saw.p(0.99):.3f} s, slowest {saw.p(1):.3f} s\n"
        )
        assert saw.failed == []
        assert saw.bought >= BUYERS
        assert shop.verify() == ()
