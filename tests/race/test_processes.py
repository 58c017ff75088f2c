"""Processes that share nothing but the database, and scripts that go around the code."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from tests.harness.buying import buy, guest
from tests.harness.crowd import tally
from tests.harness.goods import Goods
from tests.harness.stack import Stack
from tests.harness.torture import repetitions

from watchstore.domain import OfferId

pytestmark = [pytest.mark.serial, pytest.mark.long]

BUYER = """
import sys
from watchstore.domain import Contact, Delivery, DomainError, OfferId
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.commands import PlaceOrder, Wanted
from uuid import UUID
url, gateway, offer = sys.argv[1:]
with open_shop(url, gateway_url=gateway, pool_size="1") as shop:
    shop.ping()
    print("ready", flush=True)
    sys.stdin.readline()
    contact = Contact.parse(email="b@example.com", name="B")
    order = PlaceOrder((Wanted(OfferId(UUID(offer))),), contact, None, "tok_accepted",
                       Delivery.PICK_UP)
    try:
        print(shop.place_order(order).state)
    except DomainError as refusal:
        print(refusal.code)
"""


def test_twenty_processes_race_for_one_piece(stack: Stack, goods: Goods) -> None:
    for _ in range(repetitions(1, 20)):
        offer = goods.offer(1)
        buyers = [_buyer(stack, offer) for _ in range(20)]
        for buyer in buyers:
            assert buyer.stdout.readline() == "ready\n"
        for buyer in buyers:
            buyer.stdin.write("go\n")
            buyer.stdin.flush()
        outcomes = tally(buyer.communicate(timeout=60)[0].strip() for buyer in buyers)
        assert outcomes.pop("paid") == 1
        assert sum(outcomes.values()) == 19
        assert outcomes.keys() <= {"sold_out", "all_reserved"}
        assert goods.stock(offer) == (0, 1)


def _buyer(stack: Stack, offer: OfferId) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BUYER, stack.database_url, stack.gateway_url, str(offer)],
        env=stack.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def database(stack: Stack) -> Iterator[Engine]:
    engine = create_engine(stack.database_url, poolclass=NullPool)
    yield engine
    engine.dispose()


def sold_piece(stack: Stack, goods: Goods) -> tuple[str, str]:
    """(piece, order) of a piece that was just sold."""
    offer = goods.offer(1)
    client = guest(stack.url, offer)
    assert buy(client, (offer, 1)).status == 201
    client.close()
    (piece,) = goods.shop.office.pieces(offer)
    return piece.id, str(piece.order_number)


@pytest.mark.parametrize(
    "script",
    [
        # Give a sold piece to another order.
        (
            "UPDATE pieces SET order_id = (SELECT id FROM orders WHERE number <> :order LIMIT 1)"
            " WHERE id = :piece"
        ),
        # Take it back without cancelling the order, to sell it again.
        "UPDATE pieces SET order_id = NULL, sold_at = NULL WHERE id = :piece",
        # Hold it for somebody else.
        (
            "UPDATE pieces SET hold_id = gen_random_uuid(), hold_until = now() + interval '1 hour'"
            " WHERE id = :piece"
        ),
        # The same physical watch on the shelf once more.
        "INSERT INTO pieces SELECT * FROM pieces WHERE id = :piece",
        # Sold to nobody.
        "UPDATE pieces SET order_id = NULL WHERE id = :piece",
    ],
)
def test_a_script_that_sells_a_piece_twice_is_refused(
    stack: Stack, goods: Goods, database: Engine, script: str
) -> None:
    sold_piece(stack, goods)
    piece, order = sold_piece(stack, goods)
    with database.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(script), {"piece": piece, "order": order})
        connection.commit()
