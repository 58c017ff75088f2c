"""A circuit breaker: what just failed is left alone for a while, then tried by one caller."""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """`admits()` before every call, then `failed()` or `worked()`; for any number of threads."""

    def __init__(self, rest: float, *, now: Callable[[], float] = time.monotonic) -> None:
        self._rest = rest
        self._now = now
        self._lock = Lock()
        self._closed = True
        self._until = 0.0

    def admits(self) -> bool:
        # Read without the lock, as this is asked before every call; a late reader costs one call.
        return self._closed or self._admits_a_probe()

    def failed(self) -> bool:
        """True when this failure is the one that opened the breaker."""
        with self._lock:
            opened, self._closed = self._closed, False
            self._until = self._now() + self._rest
        return opened

    def worked(self) -> None:
        if not self._closed:
            with self._lock:
                self._closed = True

    def _admits_a_probe(self) -> bool:
        with self._lock:
            now = self._now()
            if not self._closed and now < self._until:
                return False
            self._until = now + self._rest  # the others wait for what this caller finds
            return True
