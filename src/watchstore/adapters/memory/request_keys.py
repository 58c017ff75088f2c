"""Idempotency keys: claimed once, answered once, forgotten after 24 hours."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from watchstore.adapters.memory.one import locked, saved
from watchstore.adapters.memory.rows import KeyRow
from watchstore.adapters.memory.store import At, Transaction
from watchstore.adapters.memory.tables import REQUEST_KEYS
from watchstore.domain.identifiers import OrderId
from watchstore.service_layer.ports import Earlier, RequestKey

LIFE: Final = timedelta(hours=24)


class MemoryRequestKeys:
    def __init__(self, tx: Transaction, now: Callable[[], datetime]) -> None:
        self._tx = tx
        self._now = now

    def claim(self, key: RequestKey, *, order_id: OrderId | None = None) -> Earlier | None:
        row = KeyRow(key, self._now(), order_id)
        while not self._tx.insert_or_ignore(REQUEST_KEYS, _id(key), row):
            if earlier := self.peek(key):
                return earlier
            self._forget(key)
        return None

    def peek(self, key: RequestKey) -> Earlier | None:
        row = self._tx.get(REQUEST_KEYS, _id(key))
        if row is None or self._is_over(row):
            return None
        return Earlier(row.key.fingerprint, row.answer)

    def answer(self, key: RequestKey, answer: Mapping[str, object]) -> None:
        row = locked(self._tx, REQUEST_KEYS, _id(key))
        saved(self._tx, REQUEST_KEYS, _id(key), replace(row, answer=_as_stored(answer)))

    def answer_order(self, order_id: OrderId, answer: Mapping[str, object]) -> None:
        at = At("request_key_order_id_key", order_id)
        for row in self._tx.lock_where(REQUEST_KEYS, lambda row: row.answer is None, at=at):
            self.answer(row.key, answer)

    def _forget(self, key: RequestKey) -> None:
        """Delete a key past its life, unless a rival has just claimed it anew."""
        row = self._tx.lock(REQUEST_KEYS, _id(key))
        if row is not None and self._is_over(row):
            self._tx.delete(REQUEST_KEYS, _id(key))

    def _is_over(self, row: KeyRow) -> bool:
        return self._now() - row.claimed_at >= LIFE


def _id(key: RequestKey) -> tuple[str, str]:
    return key.actor, key.key


def _as_stored(answer: Mapping[str, object]) -> dict[str, object]:
    """What JSON makes of it: an answer that PostgreSQL cannot keep is refused here too."""
    stored: dict[str, object] = json.loads(json.dumps(answer))
    return stored
