"""What is noted of every request: one JSON line, its measurements. Never a body or a query."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

import orjson
import structlog
from prometheus_client import CollectorRegistry, Histogram

from watchstore.entrypoints.http.security import SAFE
from watchstore.entrypoints.http.tracebacks import with_traceback

Log = Callable[..., Any]
_METHODS: Final = SAFE | {"POST", "PUT", "PATCH", "DELETE"}
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def json_log(
    stream: BinaryIO | None = None, level: str = "info"
) -> structlog.typing.FilteringBoundLogger:
    """A logger of JSON lines; JSON itself escapes CR and LF, so that nobody can forge a line."""
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.BytesLogger(stream or sys.stdout.buffer),
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    return logger.bind()


def _line(event: Any, **options: Any) -> bytes:
    return orjson.dumps(event, default=options.get("default", str))


_PROCESSORS: Final = (
    with_traceback,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(serializer=_line),
)


def log_json(level: str) -> None:
    """Every logger of this process writes such lines: machines read what a deployed shop says."""
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.BytesLoggerFactory(sys.stdout.buffer),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )


class Observer:
    """Keeps the label sets it has met: finding one anew costs more than measuring."""

    def __init__(
        self, log: structlog.typing.FilteringBoundLogger, registry: CollectorRegistry
    ) -> None:
        self._info = log.info
        self._seconds = Histogram(
            "http_request_seconds",
            "Time to answer, by route and class of status.",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._in_flight: set[int] = set()
        self._known: dict[tuple[str, str, str], Callable[[float], None]] = {}

    def begin(self, environ: Mapping[str, Any]) -> None:
        self._in_flight.add(id(environ))  # which no other thread can come between

    def in_flight(self) -> int:
        return len(self._in_flight)

    def __call__(self, environ: Mapping[str, Any], status: str, seconds: float) -> None:
        route = environ.get("watchstore.route", "none")
        key = (method_of(environ), route, f"{status[0]}xx")
        observe = self._known.get(key)
        if observe is None:
            observe = self._known[key] = self._seconds.labels(*key).observe
        observe(seconds)
        self._in_flight.discard(id(environ))
        self._info(
            "request",
            request_id=environ["watchstore.request_id"],
            method=environ["REQUEST_METHOD"],
            path=environ.get("PATH_INFO", ""),
            route=route,
            status=int(status),
            ms=round(seconds * 1000, 2),
            client=environ.get("REMOTE_ADDR"),
            **environ.get("watchstore.notes", {}),
        )


def method_of(environ: Mapping[str, Any]) -> str:
    """One of a few: what callers make up is `other`."""
    method = environ["REQUEST_METHOD"]
    return method if method in _METHODS else "other"


def note(environ: dict[str, Any], **facts: object) -> None:
    """Add facts (who, which refusal) to the request's own line in the log."""
    environ.setdefault("watchstore.notes", {}).update(facts)
