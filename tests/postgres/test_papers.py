"""What a script that goes round the code is refused about invoices and credit notes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool
from tests.harness.language import an_offer, buy, refund, ship
from tests.harness.shop import house_over

from watchstore.adapters.memory import FrozenClock
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller


@pytest.fixture(scope="module")
def names(database_url) -> dict[str, str]:
    """Two orders that were charged, one of them paid back, and one that was not charged."""
    storage = PostgresStorage(database_url, pool_size=2, speller=RapidfuzzSpeller)
    house = house_over(storage, FrozenClock(datetime.now(UTC)))
    offer = an_offer(house, 3)
    charged, back, open_ = (buy(house, offer) for _ in range(3))
    ship(house, charged)
    ship(house, back)
    refund(house, back)
    storage.close()
    return {"charged": charged.number, "back": back.number, "open": open_.number}


@pytest.fixture
def sql(database_url) -> Iterator[Connection]:
    """A script's connection; what it does is rolled back."""
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        yield connection


def copied(of: str, **changes: str) -> str:
    """One more paper like that of an order, with some columns of its own."""
    made = {name: changes.get(name, f"p.{name}") for name in _COLUMNS}
    columns, values = ", ".join(made), ", ".join(made.values())
    return (
        f"INSERT INTO papers ({columns}) SELECT {values} FROM papers p"
        f" JOIN orders o ON o.id = p.order_id WHERE o.number = :{of} ORDER BY p.kind LIMIT 1"
    )


_COLUMNS = (
    *("kind", "year", "sequence", "order_id", "refund_id"),
    *("issued_at", "total", "currency", "content"),
)
OPEN = "(SELECT id FROM orders WHERE number = :open)"
CHARGED = "(SELECT id FROM orders WHERE number = :charged)"

REFUSED = {
    "another total": (
        "UPDATE papers SET total = total + 1 WHERE kind = 'invoice'",
        "papers_as_issued",
    ),
    "other content": ("UPDATE papers SET content = '{}'", "papers_as_issued"),
    "another number": ("UPDATE papers SET sequence = sequence + 100", "papers_as_issued"),
    "a paper torn up": ("DELETE FROM papers WHERE kind = 'credit_note'", "papers_as_issued"),
    "a second invoice": (copied("charged", sequence="3"), "papers_invoiced_order_idx"),
    "one number twice": (copied("charged", order_id=OPEN), "papers_pkey"),
    "a number out of turn": (copied("charged", sequence="9"), "papers_in_turn"),
    "a number of nothing": (copied("charged", sequence="0"), "papers_in_turn"),
    "a second credit note of a refund": (copied("back", sequence="2"), "papers_refund_id_key"),
    "a credit note of no refund": (
        copied("back", sequence="2", refund_id="NULL"),
        "papers_refund_check",
    ),
    "another year": (
        copied("charged", sequence="1", year="2001", order_id=OPEN),
        "papers_year_check",
    ),
    "a number that nothing was written under": (
        "UPDATE paper_counters SET last = last + 1",
        "paper_counters_used",
    ),
    "a counter wound back to nothing": (
        "UPDATE paper_counters SET last = 0",
        "paper_counters_used",
    ),
    "an invoice of money that was not taken": (
        copied("charged", sequence="3", order_id=OPEN),
        "papers_after_the_money",
    ),
    "a credit note for another's money": (
        "WITH other AS (INSERT INTO refunds SELECT gen_random_uuid(), order_id, id, 1, currency,"
        " now(), 'x', '', '[]', 'pending' FROM payments WHERE order_id = "
        + CHARGED
        + " RETURNING id)"
        " INSERT INTO papers SELECT kind, year, 2, order_id, other.id, issued_at, total, currency,"
        " content FROM papers, other WHERE kind = 'credit_note'",
        "papers_after_the_money",
    ),
}


@pytest.mark.parametrize(("statement", "constraint"), REFUSED.values(), ids=list(REFUSED))
def test_is_refused(sql, names, statement, constraint):
    with pytest.raises(IntegrityError) as refusal:
        used = {name: number for name, number in names.items() if f":{name}" in statement}
        sql.execute(text(statement), used)
        sql.execute(text("SET CONSTRAINTS papers_after_the_money, paper_counters_used IMMEDIATE"))
    assert refusal.value.orig.diag.constraint_name == constraint


def test_what_is_written_as_it_should_be_is_not(sql, names):
    """Else the cases above prove nothing."""
    sql.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    count = sql.execute(text("SELECT count(*) FROM papers")).scalar_one()
    assert count == len(names)
