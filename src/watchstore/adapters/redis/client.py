"""The connection to Redis: short time-outs, and a breaker so that a dead one costs nothing."""

import logging
from collections.abc import Callable, Iterable
from typing import Final, TypeVar, cast

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ReadOnlyError, RedisError, ResponseError
from redis.retry import Retry

from watchstore.adapters.redis.breaker import Breaker
from watchstore.service_layer.ports import Unavailable

TIMEOUT: Final = 0.25  # to connect, and again to read: 0.5 s at most
REST: Final = 3.0
# Far more than the threads of a process: a full pool would look like a Redis that is away.
CONNECTIONS: Final = 256

T = TypeVar("T")
_log = logging.getLogger(__name__)


class RedisAway(Unavailable):
    """Redis did not answer, or is being left alone because it did not a moment ago."""


class Client:
    """The few commands the adapters need; each raises RedisAway and nothing else."""

    def __init__(self, redis: Redis, breaker: Breaker) -> None:
        self._redis = redis
        self._breaker = breaker

    @property
    def pool(self) -> ConnectionPool:
        return self._redis.connection_pool

    def get(self, key: str) -> bytes | None:
        return cast(bytes | None, self.run(self._redis.get, key))

    def put(self, key: str, value: bytes, *, milliseconds: int) -> None:
        self.run(lambda: self._redis.set(key, value, px=milliseconds))

    def put_new(self, key: str, value: bytes, *, milliseconds: int) -> bool:
        """False, and nothing changed, when there is a value already."""
        return bool(self.run(lambda: self._redis.set(key, value, px=milliseconds, nx=True)))

    def put_all(self, keys: Iterable[str], value: bytes, *, milliseconds: int) -> None:
        pipeline = self._redis.pipeline(transaction=False)
        for key in keys:
            pipeline.set(key, value, px=milliseconds)
        self.run(pipeline.execute)

    def drop(self, key: str) -> None:
        self.run(self._redis.delete, key)

    def run(self, command: Callable[..., T], *arguments: str) -> T:
        """Run something that talks to Redis by this client's pool."""
        if not self._breaker.admits():
            raise RedisAway("Redis is being left alone.")
        try:
            answer = command(*arguments)
        except ReadOnlyError as error:  # demoted: by its name we reach the new primary
            self.pool.disconnect(inuse_connections=False)
            raise RedisAway("Redis is a replica now.") from error
        except ResponseError as error:  # it answers, so it costs no time: out of memory, ...
            raise RedisAway(f"Redis refuses: {error}") from error
        except RedisError as error:
            if self._breaker.failed():
                _log.warning("Redis is away: %s", error)
            raise RedisAway(f"Redis is away: {error}") from error
        self._breaker.worked()
        return answer

    def close(self) -> None:
        self._redis.close()
        self.pool.disconnect()


def connect(url: str) -> Client:
    """A client of that Redis; nothing is sent before the first command."""
    redis = Redis.from_url(
        url,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        # The pool itself replaces connections that a restarted Redis has closed.
        retry=Retry(NoBackoff(), 0),
        max_connections=CONNECTIONS,
        # RESP2 and no CLIENT SETINFO: a new connection is ready after AUTH and SELECT alone.
        protocol=2,
        driver_info=None,
    )
    return Client(redis, Breaker(REST))
