"""The gateway's webhook and the buyer's own request complete one order at the same moment."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest
from tests.harness.browserless import Client, Reply
from tests.harness.buying import elsewhere, guest, order_body
from tests.harness.crowd import all_at_once
from tests.harness.goods import Goods
from tests.harness.ledger import charges
from tests.harness.shop import WEBHOOK_SECRET
from tests.harness.stack import Stack, running_stack
from tests.support.webhooks import notice_of_authorisation

from watchstore.domain import OfferId
from watchstore.entrypoints.library import open_shop

COPIES = 3
REPETITIONS = 100


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("stack")
    with running_stack(folder, database_url, "", secret=WEBHOOK_SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def goods(stack: Stack) -> Iterator[Goods]:
    with open_shop(stack.database_url, gateway_url=stack.gateway_url) as shop:
        yield Goods(shop)


def test_one_order_and_one_charge(stack: Stack, goods: Goods) -> None:
    with ExitStack() as stacked:
        clients = [stacked.enter_context(closing(Client(stack.url))) for _ in range(COPIES)]
        for _ in range(REPETITIONS):
            offer = goods.offer(1)
            buyer = stacked.enter_context(closing(guest(stack.url, offer)))
            _complete(stack, goods, offer, buyer, clients)


def _complete(
    stack: Stack, goods: Goods, offer: OfferId, buyer: Client, clients: list[Client]
) -> None:
    placed = buyer.post("/orders", order_body((offer, 1), card="tok_timeout"), Idempotency_Key="k")
    assert placed.status == 202, placed
    number = placed.json["number"]
    body, signature = notice_of_authorisation(goods.shop, number)
    acts: list[Callable[[], Reply]] = [
        partial(
            client.post,
            "/payments/webhooks/test",
            json.loads(body),
            Gateway_Signature=signature,
        )
        for client in clients
    ]
    ask = partial(buyer.post, f"/orders/{number}/payment", {}, X_Forwarded_For=elsewhere())
    acts.append(ask)
    *webhooks, own = all_at_once(acts)
    assert {reply.status for reply in webhooks} == {204}, webhooks
    assert own.status == 200, own
    assert own.json["state"] == "paid", own
    told = buyer.get(f"/orders/{number}").json
    assert [entry["state"] for entry in told["timeline"]] == ["awaiting_payment", "paid"]
    assert charges(stack.gateway_url, number) == 1
    assert goods.stock(offer) == (0, 1)
