"""The worker: drains the outbox and does its share of the schedule until it is told to stop.

Any number of them may run at once.
"""

import threading
from typing import Final

import structlog
from prometheus_client import start_http_server

from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.gauges import Gauges
from watchstore.entrypoints.http.observing import log_json
from watchstore.entrypoints.publishing import Publisher, Site
from watchstore.entrypoints.stopping import stop_when_told
from watchstore.service_layer.ports import ConcurrencyConflict, Unavailable
from watchstore.service_layer.shop import Shop

IDLE: Final = 0.25  # seconds between looks at an empty outbox
AWAY: Final = 2.0  # seconds to wait for a database that is away
LOOK: Final = 5.0  # seconds between looks at the schedule
PATIENCE: Final = 2.0  # seconds a duty has to end when all is over

_log = structlog.get_logger("watchstore.worker")


def work(shop: Shop, stop: threading.Event, gauges: Gauges | None = None) -> None:
    """Deliver events until `stop` is set; the delivery under way is finished first."""
    gauges = gauges or Gauges()
    while not stop.is_set():
        try:
            gauges.tell(shop)
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


def _serve(gauges: Gauges, host: str, port: int) -> None:
    try:
        start_http_server(port, host, gauges.registry)
    except OSError as error:
        fault = f"METRICS_PORT: cannot listen on {host}:{port}: {error.strerror}"
        raise StartError(fault) from error


def run_worker(
    shop: Shop,
    metrics: tuple[str, int] | None = None,
    site: Site | None = None,
    *,
    log_level: str = "info",
) -> None:
    """Work in the main thread until SIGTERM or Ctrl-C; serve figures at `metrics`, and keep the
    pages of a `site` up to date, if given.

    Raises StartError when something else listens there: web and worker each need a port.
    A duty that takes too long is left to another worker, which takes it over in time.
    """
    log_json(log_level)
    stop = stop_when_told()
    gauges = Gauges()
    if metrics is not None:
        _serve(gauges, *metrics)
    _log.info("worker_started")
    others = [threading.Thread(target=keep_schedule, args=(shop, stop), daemon=True)]
    if site is not None:
        publisher = Publisher(shop, site)
        others.append(threading.Thread(target=publisher.keep_up, args=(stop,), daemon=True))
    for other in others:
        other.start()
    work(shop, stop, gauges)
    shop.ports.edited.set()  # wakes the publisher, so that it sees the end
    for other in others:
        other.join(PATIENCE)
    _log.info("worker_stopped")
