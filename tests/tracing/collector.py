"""A collector of traces on loopback, as OpenTelemetry's own would take them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True, slots=True)
class Seen:
    service: str
    name: str
    trace: bytes
    span: bytes
    parent: bytes
    attributes: dict[str, str]
    failed: bool


class Collector:
    def __init__(self) -> None:
        self._bodies: list[bytes] = []
        self._news = threading.Condition()
        self.url = ""

    def take(self, body: bytes) -> None:
        with self._news:
            self._bodies.append(body)
            self._news.notify_all()

    def forget(self) -> None:
        with self._news:
            self._bodies.clear()

    @property
    def raw(self) -> bytes:
        with self._news:
            return b"".join(self._bodies)

    def spans(self) -> list[Seen]:
        with self._news:
            bodies = list(self._bodies)
        return [seen for body in bodies for seen in _read(body)]

    def wait_for(self, name: str, times: int = 1) -> list[Seen]:
        """Every span, once so many of that name are there."""
        with self._news:
            found = self._news.wait_for(
                lambda: self._count(name) >= times,
                30,
            )
        assert found, f"{name}: {self._count(name)} of {times}; {self.spans()}"
        return self.spans()

    def _count(self, name: str) -> int:
        return sum(seen.name == name for body in self._bodies for seen in _read(body))


def _read(body: bytes) -> Iterator[Seen]:
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        about = _attributes(resource.resource.attributes)
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Seen(
                    about["service.name"],
                    span.name,
                    span.trace_id,
                    span.span_id,
                    span.parent_span_id,
                    _attributes(span.attributes),
                    failed=span.status.code == 2,
                )


def _attributes(pairs: Any) -> dict[str, str]:
    return {
        pair.key: str(getattr(pair.value, pair.value.WhichOneof("value") or "", ""))
        for pair in pairs
    }


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Not needed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Take) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        collector.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()
