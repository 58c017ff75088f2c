"""The worker: drains the outbox until it is told to stop."""

import threading
from datetime import timedelta
from typing import Final

import structlog

from watchstore.entrypoints.stopping import stop_when_told
from watchstore.service_layer.ports import Unavailable
from watchstore.service_layer.shop import Shop

IDLE: Final = 0.25  # seconds between looks at an empty outbox
AWAY: Final = 2.0  # seconds to wait for a database that is away
TIDY_EVERY: Final = 2_000  # idle rounds
KEEP: Final = timedelta(days=30)

_log = structlog.get_logger("watchstore.worker")


def work(shop: Shop, stop: threading.Event) -> None:
    """Deliver events until `stop` is set; the delivery under way is finished first."""
    rounds = 0
    while not stop.is_set():
        try:
            if shop.drain() == 0:
                stop.wait(IDLE)
                rounds += 1
            if rounds >= TIDY_EVERY:
                rounds = 0
                _log.info("tidied", rows=shop.ports.storage.deliveries.tidy(older_than=KEEP))
        except Unavailable as away:
            _log.warning("storage_away", error=str(away))
            stop.wait(AWAY)


def run_worker(shop: Shop) -> None:
    """Work in the main thread until SIGTERM or Ctrl-C."""
    stop = stop_when_told()
    _log.info("worker_started")
    work(shop, stop)
    _log.info("worker_stopped")
