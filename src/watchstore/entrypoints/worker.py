"""The worker: drains the outbox until it is told to stop."""

import threading
import time
from datetime import timedelta
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Gauge, start_http_server

from watchstore.entrypoints.http.observing import log_json
from watchstore.entrypoints.stopping import stop_when_told
from watchstore.service_layer.ports import Unavailable
from watchstore.service_layer.shop import Shop

IDLE: Final = 0.25  # seconds between looks at an empty outbox
AWAY: Final = 2.0  # seconds to wait for a database that is away
TIDY_EVERY: Final = 2_000  # idle rounds
TELL_EVERY: Final = 30.0  # seconds between looks at how much waits
KEEP: Final = timedelta(days=30)

_log = structlog.get_logger("watchstore.worker")


class Gauges:
    """How far the worker is behind: a line in the log and figures for Prometheus."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._pending = Gauge("outbox_pending", "Deliveries that wait.", registry=self.registry)
        self._parked = Gauge("outbox_parked", "Deliveries given up.", registry=self.registry)
        self._oldest = Gauge(
            "outbox_oldest_seconds", "Age of the oldest that waits.", registry=self.registry
        )
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


def work(shop: Shop, stop: threading.Event, gauges: Gauges | None = None) -> None:
    """Deliver events until `stop` is set; the delivery under way is finished first."""
    rounds = 0
    gauges = gauges or Gauges()
    while not stop.is_set():
        try:
            gauges.tell(shop)
            if shop.drain() == 0:
                stop.wait(IDLE)
                rounds += 1
            if rounds >= TIDY_EVERY:
                rounds = 0
                _log.info("tidied", rows=shop.ports.storage.deliveries.tidy(older_than=KEEP))
        except Unavailable as away:
            _log.warning("storage_away", error=str(away))
            stop.wait(AWAY)


def run_worker(shop: Shop, metrics: tuple[str, int] | None = None) -> None:
    """Work in the main thread until SIGTERM or Ctrl-C; serve figures at `metrics`, if given."""
    log_json()
    stop = stop_when_told()
    gauges = Gauges()
    if metrics is not None:
        host, port = metrics
        start_http_server(port, host, gauges.registry)
    _log.info("worker_started")
    work(shop, stop, gauges)
    _log.info("worker_stopped")
