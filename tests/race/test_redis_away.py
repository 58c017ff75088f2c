"""Redis is never needed: with it killed or frozen the shop lists, signs in and sells."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import pytest
from tests.harness.browserless import Client
from tests.harness.buying import buy, guest
from tests.harness.crowd import tally
from tests.harness.goods import Goods
from tests.harness.stack import Stack, running_stack

from watchstore.domain import Email, Role
from watchstore.entrypoints.embedded import embedded_redis
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.commands import CreateStaff

pytestmark = pytest.mark.serial

READS = 200
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, psutil.Process]]:
    """A Redis of its own, to be killed."""
    before = set(psutil.Process().children())
    with embedded_redis(tmp_path_factory.mktemp("redis")) as url:
        (process,) = set(psutil.Process().children()) - before
        yield url, process


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory,
    database_url: str,
    redis: tuple[str, psutil.Process],
) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("stack")
    with running_stack(folder, database_url, redis[0]) as running:
        yield running


@pytest.fixture(scope="module")
def goods(stack: Stack) -> Iterator[Goods]:
    with open_shop(stack.database_url, gateway_url=stack.gateway_url) as shop:
        shop.create_staff(CreateStaff(Email.parse("c@example.com"), "C", Role.CLERK, PASSWORD))
        yield Goods(shop)


def everything_works(stack: Stack, goods: Goods) -> None:
    offer = goods.offer(3)
    client = guest(stack.url, offer)
    assert buy(client, (offer, 1)).status == 201
    signed_in = client.post("/session", {"email": "c@example.com", "password": PASSWORD})
    assert signed_in.status == 201, signed_in
    assert client.get("/office/stock").status == 200
    assert client.delete("/session").status == 204
    assert client.get("/office/stock").status == 401
    client.close()
    with ThreadPoolExecutor(8) as readers:
        replies = list(readers.map(partial(timed_read, stack.url), range(READS)))
    statuses = tally(status for status, _ in replies)
    assert statuses == {200: READS}
    slowest = sorted(seconds for _, seconds in replies)[int(READS * 0.95)]
    assert slowest < 0.5


def timed_read(url: str, number: int) -> tuple[int, float]:
    client = Client(url)
    started = time.perf_counter()
    status = client.get(f"/watches?limit={1 + number % 40}").status
    seconds = time.perf_counter() - started
    client.close()
    return status, seconds


def test_the_shop_sells_with_redis_frozen_thawed_and_dead(
    stack: Stack, goods: Goods, redis: tuple[str, psutil.Process]
) -> None:
    _, process = redis
    everything_works(stack, goods)
    process.send_signal(signal.SIGSTOP)
    everything_works(stack, goods)
    process.send_signal(signal.SIGCONT)
    everything_works(stack, goods)
    process.kill()
    process.wait()
    everything_works(stack, goods)
