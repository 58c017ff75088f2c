"""Whether this process traces what it does: nothing of OpenTelemetry is imported if it does not."""

from dataclasses import replace
from typing import TYPE_CHECKING

from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.settings import Settings
from watchstore.service_layer.shop import Ports

if TYPE_CHECKING:
    from watchstore.entrypoints.tracing import Tracing


def tracing_of(settings: Settings, service: str) -> "Tracing | None":
    """Call it in the process that serves: what is forked afterwards sends nothing."""
    if not settings.otel_exporter_otlp_endpoint:
        return None
    try:
        from watchstore.entrypoints.tracing import start_tracing  # noqa: PLC0415
    except ModuleNotFoundError as error:
        fault = f"OTEL_EXPORTER_OTLP_ENDPOINT: pip install 'watchstore[otel]' ({error})"
        raise StartError(fault) from error
    return start_tracing(service)


def traced(ports: Ports, tracing: "Tracing | None") -> Ports:
    if tracing is None:
        return ports
    gateway = tracing.of_gateway(ports.gateway)
    return replace(ports, gateway=gateway, delivering=tracing.of_delivery)
