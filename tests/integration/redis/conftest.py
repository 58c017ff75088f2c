"""One Redis, as an operator sees it and as the shop does."""

import pytest
from redis import Redis

from watchstore.adapters.redis import connect


@pytest.fixture
def redis(redis_url):
    with Redis.from_url(redis_url) as raw:
        yield raw


@pytest.fixture
def client(redis_url):
    client = connect(redis_url)
    yield client
    client.close()
