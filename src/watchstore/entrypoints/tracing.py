"""Traces for OpenTelemetry: requests, their statements and gateway calls, and their events.

Names, counts and words of our own go into a span; never a value that somebody has sent, and no
message of an error, which may repeat one.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import (
    Span,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    get_current_span,
    set_span_in_context,
    use_span,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import Engine, event

from watchstore.entrypoints.around_gateway import Call, around, outcome
from watchstore.entrypoints.http.observing import method_of, note
from watchstore.service_layer.cause import CAUSE
from watchstore.service_layer.ports import Lease, PaymentGateway

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PARENT: Final = "traceparent"
_PROPAGATOR: Final = TraceContextTextMapPropagator()
_LONGEST: Final = 2000  # characters of a statement


def start_tracing(service: str) -> "Tracing":
    """Send spans to where OTEL_EXPORTER_OTLP_ENDPOINT says, from a thread of its own."""
    return tracing_to(BatchSpanProcessor(OTLPSpanExporter()), service)


def tracing_to(processor: SpanProcessor, service: str) -> "Tracing":
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(processor)
    tracing = Tracing(provider.get_tracer("watchstore"))
    tracing.watch_statements()
    return tracing


class Tracing:
    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def of_requests(self, app: "WSGIApplication") -> "WSGIApplication":
        """Each is a trace of its own: a stranger's traceparent isn't followed."""

        def traced(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            answered = ""

            def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
                nonlocal answered
                answered = status[:3]
                return start_response(status, headers, exc_info)

            with self._span("request", SpanKind.SERVER, Context()) as span:
                note(environ, trace=f"{span.get_span_context().trace_id:032x}")
                try:
                    return app(environ, start)
                finally:
                    _describe(span, environ, answered)

        return traced

    def of_gateway(self, gateway: PaymentGateway) -> PaymentGateway:
        def wrap(call: str, ask: Call) -> Call:
            def traced(**given: Any) -> Any:
                with self._span(f"gateway.{call}", SpanKind.CLIENT) as span:
                    answer = ask(**given)
                    span.set_attribute("gateway.outcome", outcome(answer))
                return answer

            return traced

        return around(gateway, wrap)

    @contextmanager
    def of_delivery(self, lease: Lease) -> Iterator[None]:
        """In the trace of the request that made the event happen."""
        began = _PROPAGATOR.extract({_PARENT: lease.cause or ""}, Context())
        about: dict[str, str | int] = {
            "messaging.message.id": str(lease.event_id),
            "messaging.consumer.group.name": lease.consumer,
            "watchstore.attempt": lease.attempts,
        }
        name = f"deliver {lease.event.name} to {lease.consumer}"
        with self._span(name, SpanKind.CONSUMER, began, about):
            yield

    def watch_statements(self) -> None:
        """Of every engine; where nothing is traced, as in the worker's looks for work, none."""

        def begin(_connection: Any, _cursor: Any, statement: str, *rest: Any) -> None:
            if get_current_span().is_recording():
                about = {"db.system.name": "postgresql", "db.query.text": statement[:_LONGEST]}
                verb = statement.split(None, 1)[0].upper()
                rest[1].traced = self._tracer.start_span(
                    f"database {verb}", kind=SpanKind.CLIENT, attributes=about
                )

        def end(*given: Any) -> None:
            _end(given[4])

        def fail(failure: Any) -> None:
            _end(failure.execution_context, failure.original_exception)

        event.listen(Engine, "before_cursor_execute", begin)
        event.listen(Engine, "after_cursor_execute", end)
        event.listen(Engine, "handle_error", fail)

    @contextmanager
    def _span(
        self,
        name: str,
        kind: SpanKind,
        within: Context | None = None,
        about: Mapping[str, str | int] | None = None,
    ) -> Iterator[Span]:
        span = self._tracer.start_span(name, within, kind, about)
        quietly = use_span(
            span, end_on_exit=True, record_exception=False, set_status_on_exception=False
        )
        with quietly, _causing(span):
            try:
                yield span
            except BaseException as error:
                _failed(span, error)
                raise


@contextmanager
def _causing(span: Span) -> Iterator[None]:
    carrier: dict[str, str] = {}
    if span.is_recording():
        _PROPAGATOR.inject(carrier, set_span_in_context(span, Context()))
    token = CAUSE.set(carrier.get(_PARENT))
    try:
        yield
    finally:
        CAUSE.reset(token)


def _describe(span: Span, environ: "WSGIEnvironment", status: str) -> None:
    route, method = environ.get("watchstore.route", "none"), method_of(environ)
    span.update_name(f"{method} {route}")
    span.set_attribute("http.request.method", method)
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", int(status or 500))
    if status.startswith("5"):
        span.set_status(Status(StatusCode.ERROR))


def _failed(span: Span, error: BaseException) -> None:
    span.set_attribute("error.type", type(error).__name__)
    span.set_status(Status(StatusCode.ERROR))


def _end(execution: Any, error: BaseException | None = None) -> None:
    span: Span | None = getattr(execution, "traced", None)
    if span is not None:
        if error is not None:
            _failed(span, error)
        span.end()
        execution.traced = None
