"""The rows behind the gateway: payments, and the append-only entries of what became of them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from .rules import Kind, Sums

_ENTRIES = """
    SELECT id, reference, order_number, kind, amount, currency, at
    FROM entry JOIN payment USING (reference) WHERE id > ? ORDER BY id LIMIT ?"""
_SUMS = "SELECT kind, sum(amount) FROM entry WHERE reference = ? GROUP BY kind"
_BY_ORDER = """
    SELECT reference FROM payment JOIN entry USING (reference)
    WHERE order_number = ? AND kind IN ('authorised', 'declined') ORDER BY id"""

_TAKE = """
    DELETE FROM challenge WHERE client_secret = ? OR reference = ?
    RETURNING client_secret, reference, key, amount"""


@dataclass(frozen=True, slots=True)
class Payment:
    reference: str
    order_number: str
    currency: str
    sums: Sums

    def as_json(self) -> Mapping[str, Any]:
        return {
            "reference": self.reference,
            "order_number": self.order_number,
            "currency": self.currency,
            **asdict(self.sums),
        }


@dataclass(frozen=True, slots=True)
class Challenge:
    """A payment that waits for the buyer; `key` is the one it was asked for with."""

    client_secret: str
    reference: str
    key: str
    amount: int


class Books:
    """Only ever used by the thread that holds the ledger's lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def open_payment(self, reference: str, order_number: str, currency: str) -> None:
        row = (reference, order_number, currency)
        self._connection.execute("INSERT INTO payment VALUES (?, ?, ?)", row)

    def add(self, reference: str, kind: Kind, amount: int) -> None:
        self._connection.execute(
            "INSERT INTO entry (reference, kind, amount, at) VALUES (?, ?, ?, ?)",
            (reference, kind.value, amount, datetime.now(UTC).isoformat()),
        )

    def payment(self, reference: str) -> Payment | None:
        found = self._connection.execute(
            "SELECT order_number, currency FROM payment WHERE reference = ?", (reference,)
        ).fetchone()
        if found is None:
            return None
        order_number, currency = found
        return Payment(reference, order_number, currency, self._sums(reference))

    def challenge(self, challenge: Challenge) -> None:
        row = (challenge.client_secret, challenge.reference, challenge.key, challenge.amount)
        self._connection.execute("INSERT INTO challenge VALUES (?, ?, ?, ?)", row)

    def take_challenge(self, name: str) -> Challenge | None:
        """By its secret or its reference; nothing waits for the buyer any more."""
        row = self._connection.execute(_TAKE, (name, name)).fetchone()
        return Challenge(*row) if row else None

    def block(self, reference: str) -> None:
        self._connection.execute("INSERT INTO blocked VALUES (?)", (reference,))

    def unblock(self, reference: str) -> bool:
        """Whether it was blocked until now."""
        done = self._connection.execute("DELETE FROM blocked WHERE reference = ?", (reference,))
        return done.rowcount > 0

    def correct(self, key: str, body: str) -> None:
        """The answer of that key was not final."""
        self._connection.execute("UPDATE idempotency SET body = ? WHERE key = ?", (body, key))

    def payments_of(self, order_number: str) -> list[Payment]:
        rows = self._connection.execute(_BY_ORDER, (order_number,)).fetchall()
        return [found for (reference,) in rows if (found := self.payment(reference))]

    def entries(self, after: int, limit: int) -> list[dict[str, Any]]:
        cursor = self._connection.execute(_ENTRIES, (after, limit))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _sums(self, reference: str) -> Sums:
        sums = dict(self._connection.execute(_SUMS, (reference,)).fetchall())
        sums.pop(Kind.DECLINED.value, None)
        return Sums(**sums)
