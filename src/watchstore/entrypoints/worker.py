"""The worker: drains the outbox and does its share of the schedule until it is told to stop.

Any number of them may run at once.
"""

import threading
from typing import Final

import structlog

from watchstore.entrypoints.stopping import stop_when_told
from watchstore.service_layer.ports import ConcurrencyConflict, Unavailable
from watchstore.service_layer.shop import Shop

IDLE: Final = 0.25  # seconds between looks at an empty outbox
AWAY: Final = 2.0  # seconds to wait for a database that is away
LOOK: Final = 5.0  # seconds between looks at the schedule
PATIENCE: Final = 2.0  # seconds a duty has to end when all is over

_log = structlog.get_logger("watchstore.worker")


def work(shop: Shop, stop: threading.Event) -> None:
    """Deliver events until `stop` is set; the delivery under way is finished first."""
    while not stop.is_set():
        try:
            if shop.drain(stopping=stop.is_set) == 0:
                stop.wait(IDLE)
        except (Unavailable, ConcurrencyConflict) as away:
            _log.warning("storage_away", error=str(away))
            stop.wait(AWAY)


def keep_schedule(shop: Shop, stop: threading.Event) -> None:
    """Apart from the deliveries, which no duty may hold up."""
    while not stop.is_set():
        try:
            shop.do_duties()
        except (Unavailable, ConcurrencyConflict) as away:
            _log.warning("schedule_waits", error=str(away))
        stop.wait(LOOK)


def run_worker(shop: Shop) -> None:
    """Work in the main thread until SIGTERM or Ctrl-C.

    A duty that takes too long is left to another worker, which takes it over in time.
    """
    stop = stop_when_told()
    _log.info("worker_started")
    duties = threading.Thread(target=keep_schedule, args=(shop, stop), daemon=True)
    duties.start()
    work(shop, stop)
    duties.join(PATIENCE)
    _log.info("worker_stopped")
