"""Counts tries in a sliding window, in this process only."""

from collections import defaultdict
from math import ceil
from threading import Lock

from watchstore.domain.errors import TooManyAttempts
from watchstore.service_layer.ports import Clock, Limit


class MemoryRateLimiter:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    def hit(self, limit: Limit, subject: str) -> None:
        now = self._clock.now().timestamp()
        with self._lock:
            tries = self._tries[limit.name, subject]
            tries[:] = [at for at in tries if at > now - limit.seconds]
            if len(tries) >= limit.count:
                raise TooManyAttempts(max(1, ceil(tries[0] + limit.seconds - now)))
            tries.append(now)
