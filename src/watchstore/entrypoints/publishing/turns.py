"""One publisher at a time: a turn is a lease in the database, kept by whoever works."""

import time
from datetime import timedelta
from typing import Final, Self

from watchstore.service_layer.ports import Duties, Overtaken

_DUTY: Final = "publish"
# How long others wait for a publisher that died.
_LASTING: Final = timedelta(seconds=15)
_EXTEND_EVERY: Final = 3.0


class Turn:
    """Take it, ask again and again whether it is still yours, and end it."""

    def __init__(self, duties: Duties, token: int) -> None:
        self._duties = duties
        self._token = token
        self._extended = time.monotonic()

    @classmethod
    def take(cls, duties: Duties) -> Self | None:
        token = duties.take(_DUTY, lasting=_LASTING)
        return None if token is None else cls(duties, token)

    def keep(self) -> None:
        """Raises Overtaken when it is another's by now: nothing may be written any more."""
        if time.monotonic() - self._extended < _EXTEND_EVERY:
            return
        if not self._duties.extend(_DUTY, self._token, lasting=_LASTING):
            raise Overtaken("another publisher took over")
        self._extended = time.monotonic()

    def end(self) -> None:
        self._duties.done(_DUTY, self._token, again_in=timedelta(0))
