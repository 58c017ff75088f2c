"""A busy, healthy shop on PostgreSQL, its gateway in memory, and the hand of a vandal."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool
from tests.harness.language import (
    a_customer,
    an_offer,
    buy,
    cancel,
    decide,
    deliver,
    drain_all,
    hold,
    inspect,
    leave_out,
    order_of,
    payment_of,
    send_back,
    ship,
    told,
)
from tests.harness.shop import House, house_over

from watchstore.adapters.memory import FrozenClock
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.domain import OfferId
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import Wanted


class Books:
    """A shop with an order in every state."""

    def __init__(self, house: House) -> None:
        self.house = house
        a_customer(house)
        offer = an_offer(house, pieces=20)
        self.paid, self.other = buy(house, offer), buy(house, offer, quantity=3)
        self.shipped, self.cancelled = buy(house, offer), buy(house, offer)
        ship(house, self.shipped)
        cancel(house, self.cancelled)
        self.unknown = buy(house, offer, card="tok_timeout")
        told(house.shop.place_order, order_of((offer, 1), card="tok_declined"))
        self.sent_back = buy(house, offer)
        self._send_back(offer)
        self.shortened = buy(house, offer, quantity=2)
        ship(house, self.shortened, Wanted(offer))
        leave_out(house, self.shortened)
        self.hold = hold(house, offer, 2)
        drain_all(house)

    def _send_back(self, offer: OfferId) -> None:
        ship(self.house, self.sent_back)
        deliver(self.house, self.sent_back)
        return_id = send_back(self.house, self.sent_back, Wanted(offer, 1))
        decide(self.house, self.sent_back, return_id, "approved")
        decide(self.house, self.sent_back, return_id, "received")
        inspect(self.house, self.sent_back, return_id, restock=True)

    @property
    def declined(self) -> str:
        found = self.house.shop.orders.orders(state="cancelled").items
        return next(card.number for card in found if card.number != self.cancelled.number)

    def reference(self, receipt: Receipt) -> str:
        return str(payment_of(self.house, receipt).reference)


@pytest.fixture
def books(own_database_url: str) -> Iterator[Books]:
    storage = PostgresStorage(own_database_url, pool_size=8, speller=RapidfuzzSpeller)
    yield Books(house_over(storage, FrozenClock(datetime.now(UTC))))
    storage.close()


class Vandal:
    """A superuser's connection: no trigger, foreign key or check stands in its way."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, statement: str, **given: object) -> None:
        self._connection.execute(text(statement), given)

    def ask(self, question: str, **given: object) -> str:
        return str(self._connection.execute(text(question), given).scalar_one())

    def unguarded(self, table: str, *constraints: str) -> None:
        for constraint in constraints:
            self.run(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")


@pytest.fixture
def vandal(own_database_url: str) -> Iterator[Vandal]:
    engine = create_engine(own_database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        vandal = Vandal(connection)
        vandal.run("SET session_replication_role = replica")
        yield vandal
