"""The schema refuses to sell twice, whoever asks: each trigger and constraint, taken away."""

import pytest
from tests.mutants.mutant import Mutant

VERSIONS = "adapters/postgres/migrations/versions"
STOCK, ORDERS = f"{VERSIONS}/v0004_stock.sql", f"{VERSIONS}/v0003_orders.sql"
OUTBOX, PEOPLE = f"{VERSIONS}/v0005_outbox.sql", f"{VERSIONS}/v0001_people.sql"
AFTERWARDS = f"{VERSIONS}/v0009_afterwards.sql"
LEFT_OUT = f"{VERSIONS}/v0019_left_out.sql"
# What a later migration makes anew is mutated there.
SELLING = f"{VERSIONS}/v0010_selling.sql"
SCHEMA = "postgres/test_schema.py::"


def refused(what: str) -> str:
    return f"{SCHEMA}test_is_refused[{what}]"


def dropped(name: str, file: str, line: str, *killers: str) -> Mutant:
    return Mutant(f"without {name}", file, line, "", killers)


def idle(trigger: str, file: str, condition: str, *killers: str) -> Mutant:
    """A trigger that is there, but never fires."""
    never = condition.replace("WHEN (", "WHEN (FALSE AND ")
    return Mutant(f"without {trigger}", file, condition, never, killers)


MUTANTS = [
    idle(
        "pieces_one_taker",
        STOCK,
        "pieces_one_taker BEFORE UPDATE ON pieces FOR EACH ROW\nWHEN (",
        refused("a second taker"),
    ),
    idle(
        "pieces_keep_their_taker",
        STOCK,
        "pieces_keep_their_taker BEFORE DELETE ON pieces FOR EACH ROW\nWHEN (",
        refused("the end of a piece that is somebody's"),
    ),
    Mutant(
        "without pieces_freed_by_cancelling",
        LEFT_OUT,
        "IF NOT EXISTS (SELECT FROM orders",
        "IF FALSE AND EXISTS (SELECT FROM orders",
        (
            f"{SCHEMA}test_a_piece_leaves_an_order_only_when_that_is_cancelled",
            f"{SCHEMA}test_a_piece_cannot_change_hands_by_way_of_the_shelf",
        ),
    ),
    Mutant(
        "without orders_cancelled_keep_nothing",
        STOCK,
        "IF EXISTS (SELECT FROM pieces",
        "IF FALSE AND EXISTS (SELECT FROM pieces",
        (f"{SCHEMA}test_a_cancelled_order_keeps_nothing",),
    ),
    dropped(
        "pieces_one_claim_check",
        STOCK,
        "    CONSTRAINT pieces_one_claim_check CHECK (hold_id IS NULL OR order_id IS NULL),\n",
        refused("a hold of an ordered piece"),
    ),
    dropped(
        "pieces_sold_to_an_order_check",
        STOCK,
        "    CONSTRAINT pieces_sold_to_an_order_check"
        " CHECK (sold_at IS NULL OR order_id IS NOT NULL),\n",
        refused("a sale without an order"),
    ),
    dropped(
        "pieces_brand_serial_key",
        STOCK,
        "    CONSTRAINT pieces_brand_serial_key UNIQUE (brand, serial),\n",
        refused("one serial number twice"),
    ),
    idle(
        "orders_onward",
        AFTERWARDS,
        "orders_onward BEFORE UPDATE ON orders FOR EACH ROW\nWHEN (",
        f"{SCHEMA}test_a_cancelled_order_stays_cancelled",
    ),
    idle(
        "orders_as_sold",
        SELLING,
        "orders_as_sold BEFORE UPDATE ON orders FOR EACH ROW\nWHEN (",
        refused("another total"),
    ),
    idle(
        "payments_as_asked",
        ORDERS,
        "payments_as_asked BEFORE UPDATE ON payments FOR EACH ROW\nWHEN (",
        refused("another amount than was asked"),
    ),
    dropped(
        "orders_hold_id_key",
        ORDERS,
        "    CONSTRAINT orders_hold_id_key UNIQUE (hold_id),\n",
        refused("a hold that makes a second order"),
    ),
    dropped(
        "orders_number_key",
        ORDERS,
        "    CONSTRAINT orders_number_key UNIQUE (number),\n",
        refused("one number for two orders"),
    ),
    dropped(
        "payments_order_id_key",
        ORDERS,
        "    CONSTRAINT payments_order_id_key UNIQUE (order_id),\n",
        refused("a second payment of one order"),
    ),
    dropped(
        "payments_reference_key",
        ORDERS,
        "    CONSTRAINT payments_reference_key UNIQUE (reference),\n",
        refused("one gateway reference twice"),
    ),
    dropped(
        "events_aggregate_seq_key",
        OUTBOX,
        "    CONSTRAINT events_aggregate_seq_key UNIQUE (aggregate, seq),\n",
        f"{SCHEMA}test_the_second_event_with_a_number_is_refused",
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
