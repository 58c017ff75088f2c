"""The durable ledger: one SQLite file; every act and its idempotency key in one transaction."""

import json
import secrets
import sqlite3
import time
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
            self._note(claim.key, answer)
            return Given(answer, acted=True)

    def decide(self, act: Callable[[Books], tuple[str, Answer] | None]) -> Answer | None:
        """A call that waited has its answer now: it is sent to who asked, with that key."""
        with self._transaction():
            decided = act(Books(self._connection))
            if decided is None:
                return None
            key, answer = decided
            self._note(key, answer)
            return answer

    def unsent(self, *, older_than: float) -> list[tuple[int, str]]:
        """What nobody took yet, oldest first, once it is so many seconds old."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT number, body FROM notice WHERE sent_at IS NULL"
                " AND json_extract(body, '$.created') <= ? ORDER BY number LIMIT 100",
                (time.time() - older_than,),
            )
            return rows.fetchall()

    def sent(self, number: int) -> None:
        with self._lock:
            self._connection.execute(
                "UPDATE notice SET sent_at = datetime() WHERE number = ?", (number,)
            )

    def _note(self, key: str, answer: Answer) -> None:
        """Tell the subscriber too: committed together with what happened."""
        identity = f"evt_{secrets.token_hex(12)}"
        data = {"key": key, "status": answer.status, "answer": json.loads(answer.body)}
        event = {"id": identity, "type": "request.answered", "created": time.time(), "data": data}
        self._connection.execute(
            "INSERT INTO notice (id, body) VALUES (?, ?)", (identity, json.dumps(event))
        )

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
