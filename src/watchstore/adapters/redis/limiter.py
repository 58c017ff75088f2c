"""Rate limits shared by all processes; while Redis is away each process counts for itself."""

import math
import time
from hashlib import blake2b

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from watchstore.adapters.redis.client import Client, RedisAway
from watchstore.domain.errors import TooManyAttempts
from watchstore.service_layer.ports import Limit


class RedisRateLimiter:
    """Moving windows: never more than `count` in any `seconds`, wherever the window begins."""

    def __init__(self, client: Client) -> None:
        self._client = client
        storage = RedisStorage("redis://", connection_pool=client.pool, key_prefix="limit")
        self._shared = MovingWindowRateLimiter(storage)
        self._own = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, limit: Limit, subject: str) -> None:
        item = RateLimitItemPerSecond(limit.count, limit.seconds, namespace=limit.name)
        # Hashed: mail addresses do not belong in a cache, nor may a subject shape a key.
        who = blake2b(subject.encode(errors="surrogatepass"), digest_size=16).hexdigest()
        try:
            free_at = self._client.run(lambda: _take(self._shared, item, who))
        except RedisAway:
            free_at = _take(self._own, item, who)
        if free_at is not None:
            raise TooManyAttempts(max(1, math.ceil(free_at - time.time())))


def _take(window: MovingWindowRateLimiter, item: RateLimitItem, who: str) -> float | None:
    """None when there was room for one more, else the time when there will be."""
    return None if window.hit(item, who) else window.get_window_stats(item, who).reset_time
