"""The catalogue's version, remembered for a second: a hot read need not ask for it."""

import time
from collections.abc import Callable
from typing import Final

from watchstore.adapters.redis.flights import Flights

MEMORY: Final = 1.0
PATIENCE: Final = 2.0


class RememberedVersion:
    """What `ask` answered less than a second ago, else what it answers now."""

    def __init__(
        self, ask: Callable[[], int], *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._now = now
        self._flights = Flights[int](PATIENCE)
        self._known: tuple[int, float] | None = None

    def __call__(self) -> int:
        known = self._known
        if known is not None and self._now() < known[1]:
            return known[0]
        return self._flights.join("version", self._ask_now)

    def _ask_now(self) -> int:
        # The second begins before the question: a slow answer is an old one.
        until = self._now() + MEMORY
        version = self._ask()
        self._known = version, until
        return version
