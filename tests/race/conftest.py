"""One real shop for the races of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.harness.books import books_agree_soon
from tests.harness.goods import Goods
from tests.harness.stack import Stack, running_stack

from watchstore.entrypoints.embedded import Servers
from watchstore.entrypoints.library import open_shop


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, database_url: str, servers: Servers
) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("stack")
    redis_url = f"{servers.redis_url.rpartition('/')[0]}/9"
    with running_stack(folder, database_url, redis_url) as running:
        yield running


@pytest.fixture(scope="module")
def goods(stack: Stack) -> Iterator[Goods]:
    with open_shop(stack.database_url, gateway_url=stack.gateway_url) as shop:
        yield Goods(shop)


@pytest.fixture(autouse=True)
def _books_agree(goods: Goods) -> Iterator[None]:
    """After every race, and every death of a server."""
    yield
    books_agree_soon(goods.shop)
