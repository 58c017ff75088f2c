"""What a web process measures beside its requests, for Prometheus."""

import threading
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import event
from sqlalchemy.pool import Pool

_LOOK: Final = 1.0
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Figures:
    """Every label has few values, and none that a caller can make up."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.gateway = Histogram(
            "gateway_call_seconds",
            "Calls of the payment gateway.",
            ("call", "outcome"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.orders = Counter(
            "orders", "Orders, by what their buyers were told.", ("outcome",), registry=registry
        )
        self._cache = Counter(
            "catalogue_cache", "Answers of the catalogue.", ("result",), registry=registry
        )
        self._connections = Gauge(
            "database_connections",
            "Connections that threads hold.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._in_flight = Gauge(
            "http_requests_in_flight",
            "Requests that are being answered.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        tell_version(registry)

    def cache(self) -> Callable[[str], None]:
        """Told of every question: hit, miss or away. Finding a label anew costs more."""
        counts = {each: self._cache.labels(each).inc for each in ("hit", "miss", "away")}
        return lambda result: counts[result]()

    def look_at(self, in_flight: Callable[[], int]) -> None:
        """Every second, since telling of each request's beginning and end would cost more."""

        def look() -> None:
            while True:
                self._in_flight.set(in_flight())
                time.sleep(_LOOK)

        threading.Thread(target=look, name="figures", daemon=True).start()

    def watch_pools(self) -> None:
        """From now on, for all pools of this process."""

        def out(_connection: Any, _record: Any, _proxy: Any) -> None:
            self._connections.inc()

        def back(_connection: Any, _record: Any) -> None:
            self._connections.dec()

        event.listen(Pool, "checkout", out)
        event.listen(Pool, "checkin", back)


def tell_version(registry: CollectorRegistry) -> None:
    release = Gauge(
        "watchstore_release",
        "1, labelled with the version that runs.",
        ("version",),
        registry=registry,
        multiprocess_mode="livemax",
    )
    release.labels(_version()).set(1)


def _version() -> str:
    try:
        return version("watchstore")
    except PackageNotFoundError:  # run from its sources
        return "unknown"
