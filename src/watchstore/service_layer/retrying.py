"""A deadlock or serialization failure is nobody's fault: begin again, a bounded number of times.

Decorate what holds exactly one transaction; never anything that calls the gateway.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from watchstore.service_layer.ports import ConcurrencyConflict, Unavailable

ATTEMPTS: Final = 6

P = ParamSpec("P")
R = TypeVar("R")


def retried(step: Callable[P, R]) -> Callable[P, R]:
    @wraps(step)
    def repeat(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(ATTEMPTS - 1):
            try:
                return step(*args, **kwargs)
            except ConcurrencyConflict:
                continue
        try:
            return step(*args, **kwargs)
        except ConcurrencyConflict as conflict:
            raise Unavailable("Too much is going on at once; try again.") from conflict

    return repeat
