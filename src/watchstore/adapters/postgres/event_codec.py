"""Events as JSON: a name, a version and plain fields, never the path of a class."""

from dataclasses import asdict
from typing import Any

from watchstore.domain.events import EVENTS, Event


class UnknownEvent(Exception):
    """Stored by a newer release: this one cannot deliver it."""


def encoded(event: Event) -> dict[str, object]:
    return {"name": event.name, "version": event.version, "payload": asdict(event)}


def decoded(name: str, version: int, payload: dict[str, Any]) -> Event:
    kind = EVENTS.get(name)
    if kind is None or kind.version != version:
        raise UnknownEvent(f"{name}, version {version}")
    return kind(**{field: _frozen(value) for field, value in payload.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
