"""Redis makes the shop faster and is never needed: without it every answer is the same."""

from watchstore.adapters.redis.client import Client, RedisAway, connect
from watchstore.adapters.redis.documents import CachedDocuments
from watchstore.adapters.redis.limiter import RedisRateLimiter
from watchstore.adapters.redis.sessions import CachedSessions

__all__ = [
    "CachedDocuments",
    "CachedSessions",
    "Client",
    "RedisAway",
    "RedisRateLimiter",
    "connect",
]
