"""The worker's side of the outbox: each call is a transaction of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from watchstore.adapters.memory.request_keys import LIFE
from watchstore.adapters.memory.rows import DeliveryRow
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import DELIVERIES, EVENTS, REQUEST_KEYS
from watchstore.service_layer.ports import Backlog, Lease


class MemoryDeliveries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def lease(self, *, most: int, lasting: timedelta) -> tuple[Lease, ...]:
        with self._store.transaction() as tx:
            now = self._store.clock()
            rows = islice(_locked_heads(tx, now), most)
            leases = tuple(_lease(tx, row, now + lasting) for row in rows)
            tx.commit()
        return leases

    def complete(self, lease: Lease) -> bool:
        return self._finish(lease, delivered_at=self._store.clock(), error=None)

    def postpone(self, lease: Lease, *, delay: timedelta, error: str) -> None:
        self._finish(lease, due_at=self._store.clock() + delay, error=error)

    def park(self, lease: Lease, *, error: str) -> None:
        self._finish(lease, parked_at=self._store.clock(), error=error)

    def tidy(self, *, older_than: timedelta) -> int:
        now = self._store.clock()
        with self._store.transaction() as tx:
            removed = _remove_events(tx, now - older_than) + _remove_keys(tx, now - LIFE)
            tx.commit()
        return removed

    def backlog(self) -> Backlog:
        with self._store.transaction() as tx:
            rows = tx.scan(DELIVERIES, at=At("delivery_open_idx", True))
            now = self._store.clock()
            ages = [_age(tx, row, now) for row in rows if row.parked_at is None]
        return Backlog(len(ages), len(rows) - len(ages), max(ages, default=timedelta(0)))

    def _finish(self, lease: Lease, **changes: Any) -> bool:
        """Change what the lease is for, unless another worker has taken it over."""
        with self._store.transaction() as tx:
            row = tx.lock(DELIVERIES, (lease.event_id, lease.consumer))
            if row is None or row.token != lease.token or row.leased_until is None:
                return False
            done = replace(row, leased_until=None, **changes)
            tx.update(DELIVERIES, (row.event_id, row.consumer), done)
            tx.commit()
        return True


def _locked_heads(tx: Transaction, now: datetime) -> Iterator[DeliveryRow]:
    """The first undelivered row of each stream, where it is due and nobody is at it."""
    heads: dict[tuple[UUID, str], DeliveryRow] = {}
    waiting = tx.scan(DELIVERIES, at=At("delivery_open_idx", True))
    for row in sorted(waiting, key=lambda row: row.number):
        heads.setdefault(row.stream, row)
    for head in sorted(heads.values(), key=lambda row: row.due_at):
        if head.is_due(now):
            yield from _lock_if_still_due(tx, head, now)


def _lock_if_still_due(tx: Transaction, head: DeliveryRow, now: datetime) -> list[DeliveryRow]:
    return tx.lock_where(
        DELIVERIES,
        lambda row: row.consumer == head.consumer and row.is_due(now),
        at=At("delivery_event_id_fkey", head.event_id),
        skip_locked=True,
    )


def _age(tx: Transaction, row: DeliveryRow, now: datetime) -> timedelta:
    stored = tx.get(EVENTS, row.event_id)
    if stored is None:
        raise LookupError(row.event_id)
    return now - stored.happened_at


def _lease(tx: Transaction, row: DeliveryRow, until: datetime) -> Lease:
    leased = replace(row, attempts=row.attempts + 1, token=row.token + 1, leased_until=until)
    tx.update(DELIVERIES, (row.event_id, row.consumer), leased)
    stored = tx.get(EVENTS, row.event_id)
    if stored is None:
        raise LookupError(row.event_id)
    return Lease(
        row.event_id, row.consumer, row.aggregate, stored.event, leased.attempts, leased.token
    )


def _remove_events(tx: Transaction, before: datetime) -> int:
    removed = 0
    for event in tx.scan(EVENTS, lambda row: row.happened_at < before):
        deliveries = tx.lock_where(DELIVERIES, at=At("delivery_event_id_fkey", event.id))
        if all(row.delivered_at is not None for row in deliveries):
            for row in deliveries:
                tx.delete(DELIVERIES, (row.event_id, row.consumer))
            removed += tx.delete(EVENTS, event.id)
    return removed


def _remove_keys(tx: Transaction, before: datetime) -> int:
    old = tx.lock_where(REQUEST_KEYS, lambda row: row.claimed_at <= before, skip_locked=True)
    return sum(tx.delete(REQUEST_KEYS, (row.key.actor, row.key.key)) for row in old)
