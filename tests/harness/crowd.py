"""Many rivals who act at the same moment."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def all_at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Run every act in a thread of its own, released together; their results in order."""
    gate = threading.Barrier(len(acts))

    def act_when_open(act: Callable[[], T]) -> T:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(act_when_open, acts))


def tally(values: Iterable[T]) -> dict[T, int]:
    counts: dict[T, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
