"""What the worker's deliveries and duties say in the log."""

from typing import Any

from watchstore.service_layer.ports import Lease


def _log() -> Any:
    import structlog  # noqa: PLC0415 - slow, and only what goes wrong is logged

    return structlog.get_logger("watchstore.relay")


def delivery_failed(lease: Lease, error: Exception) -> None:
    _log().warning(
        "delivery_failed",
        event_name=lease.event.name,
        consumer=lease.consumer,
        attempts=lease.attempts,
        error=f"{type(error).__name__}: {error}",
    )


def report(event: str, **facts: object) -> None:
    said = _log().warning if event in {"difference", "duty_failed"} else _log().info
    said(event, **facts)
