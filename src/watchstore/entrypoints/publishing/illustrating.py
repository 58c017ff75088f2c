"""The pictures of a watch, drawn from what the catalogue says of it."""

from watchstore.entrypoints.pictures import draw, look_of_watch, on_wrist
from watchstore.service_layer.queries import WatchPassport


def illustration(watch: WatchPassport) -> str:
    return draw(look_of_watch(watch))


def worn(watch: WatchPassport, around_mm: int) -> str:
    """On a wrist of that size, to scale."""
    return on_wrist(look_of_watch(watch), around_mm)
