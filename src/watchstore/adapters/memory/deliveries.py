"""The worker's side of the outbox: each call is a transaction of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from watchstore.adapters.memory import tidying
from watchstore.adapters.memory.rows import DeliveryRow
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import DELIVERIES, EVENTS
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

    def complete(self, *leases: Lease) -> int:
        now = self._store.clock()
        return sum(self._finish(lease, delivered_at=now, error=None) for lease in leases)

    def give_back(self, *leases: Lease) -> None:
        for lease in leases:
            self._finish(lease, attempts=lease.attempts - 1)

    def postpone(self, lease: Lease, *, delay: timedelta, error: str) -> None:
        self._finish(lease, due_at=self._store.clock() + delay, error=error)

    def park(self, lease: Lease, *, error: str) -> None:
        self._finish(lease, parked_at=self._store.clock(), error=error)

    def replay(self, event_id: UUID, *, consumer: str | None = None) -> int:
        with self._store.transaction() as tx:
            parked = tx.lock_where(
                DELIVERIES,
                lambda row: row.parked_at is not None and consumer in (None, row.consumer),
                at=At("delivery_event_id_fkey", event_id),
            )
            for row in parked:
                again = replace(
                    row, parked_at=None, attempts=0, due_at=self._store.clock(), error=None
                )
                tx.update(DELIVERIES, (row.event_id, row.consumer), again)
            tx.commit()
        return len(parked)

    def tidy(self, *, older_than: timedelta, most: int = 1000) -> int:
        now = self._store.clock()
        with self._store.transaction() as tx:
            removed = tidying.tidy(tx, now, events_before=now - older_than, most=most)
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
    named = (row.event_id, row.consumer, row.aggregate)
    return Lease(*named, stored.event, leased.attempts, leased.token, stored.cause)
