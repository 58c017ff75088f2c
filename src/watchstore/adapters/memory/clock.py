"""A clock that stands still until it is told to go on; sleeping moves it."""

from datetime import UTC, datetime, timedelta
from threading import Lock


class FrozenClock:
    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)
