"""Buyers at the same moment, over HTTP on the real stack: nobody gets what another has."""

from collections.abc import Iterator
from functools import partial
from random import Random

import pytest
from tests.harness.browserless import Client
from tests.harness.buying import buy, guest, order_body
from tests.harness.crowd import all_at_once, tally
from tests.harness.database_log import deadlocks
from tests.harness.goods import Goods
from tests.harness.ledger import charges
from tests.harness.stack import Stack
from tests.harness.torture import repetitions

from watchstore.domain import OfferId

pytestmark = [pytest.mark.serial, pytest.mark.long]

BUYERS, PIECES = 64, 10
REPETITIONS = repetitions(20, 200)


@pytest.fixture
def no_deadlock(stack: Stack) -> Iterator[None]:
    before = deadlocks()
    yield
    assert deadlocks() == before


@pytest.fixture(scope="module")
def buyers(stack: Stack, goods: Goods) -> Iterator[list[Client]]:
    sample = goods.offer(1)
    clients = [guest(stack.url, sample) for _ in range(BUYERS)]
    yield clients
    for client in clients:
        client.close()


def test_ten_pieces_make_exactly_ten_orders(
    buyers: list[Client], goods: Goods, no_deadlock: None
) -> None:
    for _ in range(REPETITIONS):
        offer = goods.offer(PIECES)
        replies = all_at_once([partial(buy, client, (offer, 1)) for client in buyers])
        assert tally(reply.status for reply in replies) == {201: PIECES, 409: BUYERS - PIECES}
        refusals = {reply.json["code"] for reply in replies if reply.status == 409}
        assert refusals <= {"sold_out", "all_reserved"}
        assert goods.stock(offer) == (0, PIECES)


def test_quantities_of_two_offers_are_sold_whole_or_not_at_all(
    buyers: list[Client], goods: Goods, no_deadlock: None
) -> None:
    chance = Random(64)
    for _ in range(REPETITIONS):
        offers = (goods.offer(PIECES), goods.offer(PIECES))
        wishes = [_wish(offers, chance) for _ in buyers]
        acts = [partial(buy, client, *wish) for client, wish in zip(buyers, wishes, strict=True)]
        replies = all_at_once(acts)
        assert {reply.status for reply in replies} <= {201, 409}
        served = [w for w, reply in zip(wishes, replies, strict=True) if reply.status == 201]
        refused = [w for w, reply in zip(wishes, replies, strict=True) if reply.status == 409]
        for offer in offers:
            sold = sum(dict(wish).get(offer, 0) for wish in served)
            assert goods.stock(offer) == (PIECES - sold, sold)
        left = {offer: goods.stock(offer)[0] for offer in offers}
        assert not [w for w in refused if all(left[offer] >= count for offer, count in w)]


def _wish(
    offers: tuple[OfferId, OfferId], chance: Random
) -> tuple[tuple[OfferId, int], tuple[OfferId, int]]:
    first, second = chance.sample(offers, 2)
    return (first, chance.randint(1, 3)), (second, chance.randint(1, 3))


def test_one_key_sent_200_times_is_one_order_and_one_charge(stack: Stack, goods: Goods) -> None:
    offer = goods.offer(5)
    first = guest(stack.url, offer)
    twins = [Client(stack.url) for _ in range(200)]
    for twin in twins:
        twin.cookies = dict(first.cookies)
    replies = all_at_once([partial(buy, twin, (offer, 1), key="one-and-only") for twin in twins])
    later = first.post("/orders", order_body((offer, 1)), Idempotency_Key="one-and-only")
    for client in (first, *twins):
        client.close()
    assert later.status == 201
    for reply in replies:
        if reply.status == 409:
            assert reply.json["code"] == "in_progress"
            assert int(reply.headers["Retry-After"]) >= 1
        else:
            assert (reply.status, reply.json) == (201, later.json)
    assert goods.stock(offer) == (4, 1)
    assert charges(stack.gateway_url, later.json["number"]) == 1
