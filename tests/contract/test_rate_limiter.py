"""The RateLimiter port: shared through Redis, per process without it, and in memory."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import limits.storage.memory
import limits.storage.redis
import pytest

import watchstore.adapters.redis.limiter
from watchstore.adapters.redis import RedisRateLimiter, connect
from watchstore.domain.errors import TooManyAttempts
from watchstore.service_layer.ports import Limit, RateLimiter

THREE = Limit("three", 3, 60)


@dataclass(frozen=True, slots=True)
class Door:
    limiter: RateLimiter
    wait: Callable[[float], None]

    def tries(self, count: int, limit: Limit = THREE, subject: str = "marie") -> list[bool]:
        return [self._admits(limit, subject) for _ in range(count)]

    def _admits(self, limit: Limit, subject: str) -> bool:
        try:
            self.limiter.hit(limit, subject)
        except TooManyAttempts:
            return False
        return True


class LaterTime:
    """The time, shifted: what the `limits` library and its caller are given to read."""

    def __init__(self) -> None:
        self._shift = 0.0

    def time(self) -> float:
        return time.time() + self._shift

    def wait(self, seconds: float) -> None:
        self._shift += seconds


@pytest.fixture(params=["redis", "redis away"])
def door(request, monkeypatch) -> Iterator[Door]:
    away = request.param == "redis away"
    client = connect("redis://127.0.0.1:1/0" if away else request.getfixturevalue("redis_url"))
    later = LaterTime()
    for reader in (limits.storage.redis, limits.storage.memory, watchstore.adapters.redis.limiter):
        monkeypatch.setattr(reader, "time", later)
    yield Door(RedisRateLimiter(client), later.wait)
    client.close()


def test_as_many_tries_as_the_limit_says_are_free(door):
    assert door.tries(5) == [True, True, True, False, False]


def test_subjects_are_counted_apart(door):
    door.tries(3)

    assert door.tries(1, subject="paul") == [True]


def test_limits_are_counted_apart(door):
    door.tries(3)

    assert door.tries(1, Limit("other", 3, 60)) == [True]


@pytest.mark.parametrize("subject", ["", "marie/3/60", "ma:rie", "zoë", "\ud800", "x" * 10_000])
def test_any_text_may_be_a_subject(door, subject):
    door.tries(3, subject=subject)

    assert door.tries(1, subject=subject) == [False]
    assert door.tries(1) == [True]


def test_it_tells_when_to_come_back_and_then_opens(door):
    door.tries(1)
    door.wait(20)
    door.tries(2)
    with pytest.raises(TooManyAttempts) as refusal:
        door.limiter.hit(THREE, "marie")

    assert 30 <= refusal.value.retry_after <= 40
    door.wait(refusal.value.retry_after)
    assert door.tries(2) == [True, False]


def test_the_wait_is_at_most_the_window(door):
    door.tries(3)
    with pytest.raises(TooManyAttempts) as refusal:
        door.limiter.hit(THREE, "marie")

    assert 50 <= refusal.value.retry_after <= 60


def test_refused_tries_do_not_prolong_the_wait(door):
    door.tries(3)
    door.wait(40)
    assert door.tries(3) == [False, False, False]
    door.wait(21)

    assert door.tries(1) == [True]


def test_a_crowd_gets_no_more_than_the_limit(door):
    limit = Limit("crowd", 20, 60)
    start = Barrier(8)

    def push(_: int) -> int:
        start.wait(30)
        return sum(door.tries(10, limit))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(push, range(8))) == 20
