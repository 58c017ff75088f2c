"""Events in the business transaction, numbered per aggregate, with a delivery per reaction."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from watchstore.adapters.memory.rows import DeliveryRow, EventRow
from watchstore.adapters.memory.store import At, Transaction, UniqueViolation
from watchstore.adapters.memory.tables import DELIVERIES, EVENTS
from watchstore.domain.events import Event
from watchstore.service_layer.cause import CAUSE
from watchstore.service_layer.ports import ConcurrencyConflict
from watchstore.service_layer.reactions import reactions_to


class MemoryOutbox:
    def __init__(self, tx: Transaction, now: Callable[[], datetime]) -> None:
        self._tx = tx
        self._now = now

    def append(self, aggregate: UUID, *events: Event) -> None:
        before = self._tx.scan(EVENTS, at=At("outbox_aggregate_idx", aggregate))
        first = max((row.number for row in before), default=0) + 1
        for number, event in enumerate(events, start=first):
            self._append(EventRow(uuid4(), aggregate, number, event, self._now(), CAUSE.get()))

    def _append(self, row: EventRow) -> None:
        try:
            self._tx.insert(EVENTS, row.id, row)
        except UniqueViolation as taken:
            raise ConcurrencyConflict from taken  # the caller did not hold the aggregate's lock
        for reaction in reactions_to(row.event):
            due_at = row.happened_at + reaction.after
            delivery = DeliveryRow(row.id, reaction.consumer, row.aggregate, row.number, due_at)
            self._tx.insert(DELIVERIES, (row.id, reaction.consumer), delivery)
