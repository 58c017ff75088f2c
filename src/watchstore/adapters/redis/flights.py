"""Request coalescing: of the threads that want the same thing at once, one fetches it for all."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """`patience`: seconds a thread waits for another's result before it fetches its own."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lock = Lock()
        self._under_way: dict[str, Future[T]] = {}

    def join(self, name: str, fetch: Callable[[], T]) -> T:
        """The result of the flight of that name; this thread flies when none is under way."""
        mine: Future[T] = Future()
        with self._lock:
            flight = self._under_way.setdefault(name, mine)
        if flight is mine:
            return self._fly(name, mine, fetch)
        wait((flight,), self._patience)
        return flight.result() if flight.done() else fetch()

    def _fly(self, name: str, flight: Future[T], fetch: Callable[[], T]) -> T:
        try:
            result = fetch()
        except BaseException as error:
            self._land(name)
            flight.set_exception(error)
            raise
        self._land(name)
        flight.set_result(result)
        return result

    def _land(self, name: str) -> None:
        with self._lock:
            del self._under_way[name]
