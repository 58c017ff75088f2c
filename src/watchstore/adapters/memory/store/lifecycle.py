"""How a transaction goes from statement to statement, fails, goes back to savepoints, and ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Self

from watchstore.adapters.memory.store.errors import (
    NoSuchSavepoint,
    TransactionAborted,
    TransactionEnded,
)
from watchstore.adapters.memory.store.workspace import Workspace


class State(Enum):
    OPEN = auto()
    FAILED = auto()
    ENDED = auto()


class Lifecycle:
    def __init__(self, work: Workspace) -> None:
        self._work = work
        self._mutex = work.engine.mutex
        self._state = State.OPEN
        self._savepoints: list[Savepoint] = []
        with self._mutex:
            work.open()

    @contextmanager
    def statement(self) -> Iterator[Workspace]:
        with self._mutex:
            self._require_open()
            try:
                yield self._work
            except BaseException:
                self._fail()
                raise

    def commit(self) -> None:
        with self._mutex:
            try:
                self._require_open()
                self._work.publish()
            finally:
                self.rollback()

    def rollback(self) -> None:
        with self._mutex:
            if self._state is not State.ENDED:
                self._state = State.ENDED
                self._work.close()

    def savepoint(self) -> "Savepoint":
        with self.statement() as work:
            savepoint = Savepoint(self, work.mark())
            self._savepoints.append(savepoint)
            return savepoint

    def knows(self, savepoint: "Savepoint") -> bool:
        return self._state is not State.ENDED and savepoint in self._savepoints

    def back_to(self, savepoint: "Savepoint") -> None:
        with self._mutex:
            if self._state is State.ENDED:
                raise TransactionEnded
            del self._savepoints[self._position(savepoint) + 1 :]
            self._work.back_to(savepoint.mark)
            self._state = State.OPEN

    def release(self, savepoint: "Savepoint") -> None:
        with self.statement():
            del self._savepoints[self._position(savepoint) :]

    def _require_open(self) -> None:
        if self._state is State.ENDED:
            raise TransactionEnded
        if self._state is State.FAILED:
            raise TransactionAborted

    def _fail(self) -> None:
        # As PostgreSQL does: others need not wait until the caller gets round to rolling back.
        self._state = State.FAILED
        self._work.back_to(self._savepoints[-1].mark if self._savepoints else 0)

    def _position(self, savepoint: "Savepoint") -> int:
        if savepoint not in self._savepoints:
            raise NoSuchSavepoint
        return self._savepoints.index(savepoint)


class Savepoint:
    """A point to go back to, as often as needed until released; as a block, on any exception."""

    def __init__(self, life: Lifecycle, mark: int) -> None:
        self._life = life
        self.mark = mark

    def rollback_to(self) -> None:
        """Undo what was written, and unlock what was locked, since."""
        self._life.back_to(self)

    def release(self) -> None:
        """Keep what was done since as part of what is around it."""
        self._life.release(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if not self._life.knows(self):
            return
        if error is not None:
            self.rollback_to()
        self.release()
