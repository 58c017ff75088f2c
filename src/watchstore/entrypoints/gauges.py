"""How far the worker is behind, for the log and for Prometheus."""

import time
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Gauge

from watchstore.entrypoints.figures import tell_version
from watchstore.service_layer.shop import Shop

TELL_EVERY: Final = 30.0  # seconds between looks at how much waits

_log = structlog.get_logger("watchstore.worker")


class Gauges:
    """A line in the log, and the same figures to be collected."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._pending = Gauge("outbox_pending", "Deliveries that wait.", registry=self.registry)
        self._parked = Gauge("outbox_parked", "Deliveries given up.", registry=self.registry)
        self._oldest = Gauge(
            "outbox_oldest_seconds", "Age of the oldest that waits.", registry=self.registry
        )
        tell_version(self.registry)
        self._due = 0.0

    def tell(self, shop: Shop) -> None:
        """Look, unless that was done a moment ago."""
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + TELL_EVERY
        backlog = shop.ports.storage.deliveries.backlog()
        oldest = round(backlog.oldest.total_seconds(), 1)
        _log.info("outbox", pending=backlog.pending, parked=backlog.parked, oldest_seconds=oldest)
        self._pending.set(backlog.pending)
        self._parked.set(backlog.parked)
        self._oldest.set(oldest)
