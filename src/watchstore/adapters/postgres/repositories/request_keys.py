"""Idempotency keys: the primary key makes a twin wait for the first one's transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.schema import request_keys
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.identifiers import OrderId
from watchstore.service_layer.ports import ConcurrencyConflict, Earlier, RequestKey

LIFE: Final = timedelta(hours=24)
_TRIES: Final = 3

_NOW: ColumnElement[Any] = func.clock_timestamp()
_SAME = (request_keys.c.actor == bindparam("of_actor"), request_keys.c.key == bindparam("of_key"))
EXPIRED = request_keys.c.claimed_at <= _NOW - LIFE

_CLAIM = (
    insert(request_keys)
    .values(claimed_at=_NOW)
    .on_conflict_do_nothing(index_elements=["actor", "key"])
    .returning(request_keys.c.key)
)
_RECLAIM = (
    update(request_keys)
    .where(*_SAME, EXPIRED)
    .values(
        fingerprint=bindparam("fingerprint"),
        order_id=bindparam("order_id"),
        answer=None,
        claimed_at=_NOW,
    )
    .returning(request_keys.c.key)
)
_PEEK = select(request_keys.c.fingerprint, request_keys.c.answer, EXPIRED.label("expired")).where(
    *_SAME
)
_ANSWER = update(request_keys).where(*_SAME).values(answer=bindparam("key_answer"))
_ANSWER_ORDER = (
    update(request_keys)
    .where(request_keys.c.order_id == bindparam("answered_order"), request_keys.c.answer.is_(None))
    .values(answer=bindparam("key_answer"))
)


class PostgresRequestKeys:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def claim(self, key: RequestKey, *, order_id: OrderId | None = None) -> Earlier | None:
        values = {"fingerprint": key.fingerprint, "order_id": order_id}
        named = {"actor": key.actor, "key": key.key}
        for _ in range(_TRIES):
            if self._transaction.execute(_CLAIM, {**named, **values}).first():
                return None
            if earlier := self.peek(key):
                return earlier
            if self._transaction.execute(_RECLAIM, {**_same(key), **values}).first():
                return None
        raise ConcurrencyConflict("The key was tidied away, and taken again, in between.")

    def peek(self, key: RequestKey) -> Earlier | None:
        row = self._transaction.execute(_PEEK, _same(key)).first()
        return None if row is None or row.expired else Earlier(row.fingerprint, row.answer)

    def answer(self, key: RequestKey, answer: Mapping[str, object]) -> None:
        self._transaction.later(_ANSWER, {**_same(key), "key_answer": dict(answer)})

    def answer_order(self, order_id: OrderId, answer: Mapping[str, object]) -> None:
        params = {"answered_order": order_id, "key_answer": dict(answer)}
        self._transaction.later(_ANSWER_ORDER, params)


def _same(key: RequestKey) -> dict[str, object]:
    return {"of_actor": key.actor, "of_key": key.key}
