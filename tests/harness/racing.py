"""Runs calls in threads that start together, and gives back what became of each."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def race(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Each call's answer or error, in the order of `calls`."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Exception:
        barrier.wait(timeout=30)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - handed back to be looked at
            return error

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def answers(outcomes: Sequence[T | Exception]) -> list[T]:
    return [each for each in outcomes if not isinstance(each, Exception)]


def errors(outcomes: Sequence[object]) -> list[Exception]:
    return [each for each in outcomes if isinstance(each, Exception)]
