"""Takes away what nobody needs any more, a bounded number of rows at a time."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from watchstore.adapters.memory.request_keys import LIFE
from watchstore.adapters.memory.rows import PieceRow
from watchstore.adapters.memory.store import At, Transaction
from watchstore.adapters.memory.tables import DELIVERIES, EVENTS, NOTICES, PIECES, REQUEST_KEYS

LONG_OVER: Final = timedelta(hours=1)


def tidy(tx: Transaction, now: datetime, *, events_before: datetime, most: int) -> int:
    return (
        _remove_events(tx, events_before, most)
        + _remove_keys(tx, now - LIFE, most)
        + _remove_notices(tx, events_before, most)
        + _lift_holds(tx, now - LONG_OVER, most)
    )


def _remove_events(tx: Transaction, before: datetime, most: int) -> int:
    removed = 0
    for event in tx.scan(EVENTS, lambda row: row.happened_at < before):
        deliveries = tx.lock_where(DELIVERIES, at=At("delivery_event_id_fkey", event.id))
        if removed < most and all(row.delivered_at is not None for row in deliveries):
            for row in deliveries:
                tx.delete(DELIVERIES, (row.event_id, row.consumer))
            removed += tx.delete(EVENTS, event.id)
    return removed


def _remove_keys(tx: Transaction, before: datetime, most: int) -> int:
    old = tx.lock_where(REQUEST_KEYS, lambda row: row.claimed_at <= before, skip_locked=True)
    gone = islice(old, most)
    return sum(tx.delete(REQUEST_KEYS, (row.key.actor, row.key.key)) for row in gone)


def _remove_notices(tx: Transaction, before: datetime, most: int) -> int:
    old = tx.lock_where(NOTICES, lambda row: row.taken_at < before, skip_locked=True, limit=most)
    return sum(tx.delete(NOTICES, (row.gateway, row.id)) for row in old)


def _lift_holds(tx: Transaction, before: datetime, most: int) -> int:
    def is_over(row: PieceRow) -> bool:
        return row.piece.hold is not None and row.piece.hold.until < before

    over = tx.lock_where(PIECES, is_over, skip_locked=True, limit=most)
    for row in over:
        tx.update(PIECES, row.piece.id, replace(row, piece=replace(row.piece, hold=None)))
    return len(over)
