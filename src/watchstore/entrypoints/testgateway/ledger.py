"""The durable ledger: one SQLite file; every act and its idempotency key in one transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from threading import Lock

from .books import Books
from .parsing import Claim


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and whether this very call acted (or only repeats what an earlier one did)."""

    answer: Answer
    acted: bool


class KeyReused(Exception):
    """The key was used before, for something else."""


class Ledger:
    def __init__(self, path: Path) -> None:
        # One connection and one lock: SQLite has one writer anyway, and a waiting
        # thread costs less than SQLITE_BUSY and its sleeps.
        self._lock = Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.executescript(files(__package__).joinpath("schema.sql").read_text())

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[Books]:
        with self._lock:
            yield Books(self._connection)

    def earlier_answer(self, claim: Claim) -> Answer | None:
        with self._lock:
            return self._stored(claim)

    def once(self, claim: Claim, act: Callable[[Books], Answer]) -> Given:
        with self._transaction():
            if stored := self._stored(claim):
                return Given(stored, acted=False)
            answer = act(Books(self._connection))
            self._connection.execute(
                "INSERT INTO idempotency VALUES (?, ?, ?, ?)",
                (claim.key, claim.digest, answer.status, answer.body),
            )
            return Given(answer, acted=True)

    def _stored(self, claim: Claim) -> Answer | None:
        row = self._connection.execute(
            "SELECT digest, status, body FROM idempotency WHERE key = ?", (claim.key,)
        ).fetchone()
        if row is None:
            return None
        digest, status, body = row
        if digest != claim.digest:
            raise KeyReused
        return Answer(status, body)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
