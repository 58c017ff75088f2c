import pytest
from redis import Redis
from tests.support.own_redis import OwnRedis

from watchstore.adapters.redis import RedisRateLimiter, connect
from watchstore.domain.errors import TooManyAttempts
from watchstore.service_layer.ports import Limit

TWO = Limit("two", 2, 60)


@pytest.fixture
def own(tmp_path):
    with OwnRedis(tmp_path) as server:
        yield server


def test_processes_count_together(own):
    for _ in range(2):
        RedisRateLimiter(connect(own.url)).hit(TWO, "marie")

    with pytest.raises(TooManyAttempts):
        RedisRateLimiter(connect(own.url)).hit(TWO, "marie")


@pytest.mark.parametrize("harm", [OwnRedis.kill, OwnRedis.freeze])
def test_limits_go_on_when_redis_goes_away(own, harm):
    limiter = RedisRateLimiter(connect(own.url))
    limiter.hit(TWO, "marie")
    harm(own)
    limiter.hit(TWO, "marie")
    limiter.hit(TWO, "marie")

    with pytest.raises(TooManyAttempts):
        limiter.hit(TWO, "marie")


def test_limits_survive_a_redis_that_lost_its_scripts(own):
    limiter = RedisRateLimiter(connect(own.url))
    limiter.hit(TWO, "marie")
    with Redis.from_url(own.url) as operator:
        operator.script_flush()
    limiter.hit(TWO, "marie")

    with pytest.raises(TooManyAttempts):
        limiter.hit(TWO, "marie")


def test_no_address_is_left_in_redis(own):
    RedisRateLimiter(connect(own.url)).hit(TWO, "marie@example.com")

    with Redis.from_url(own.url) as operator:
        [key] = operator.keys()
    assert b"marie" not in key
