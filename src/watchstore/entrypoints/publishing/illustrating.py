"""The pictures of a watch, drawn from what the catalogue says of it."""

from watchstore.entrypoints.pictures import Look, draw, look_of, on_wrist
from watchstore.service_layer.queries import WatchPassport


def illustration(watch: WatchPassport) -> str:
    return draw(_look(watch))


def worn(watch: WatchPassport, around_mm: int) -> str:
    """On a wrist of that size, to scale."""
    return on_wrist(_look(watch), around_mm)


def _look(watch: WatchPassport) -> Look:
    return look_of(
        brand=watch.brand,
        collection=watch.collection,
        name=watch.name,
        movement=watch.movement or "",
        case_material=watch.case_material,
        diameter_mm=watch.diameter_mm,
        dial_colour=watch.dial_colour,
        bracelet_material=watch.bracelet_material,
        complications=watch.complications,
        year=watch.year,
        water_resistance_m=watch.water_resistance_m,
        thickness_mm=watch.thickness_mm,
        lug_to_lug_mm=watch.lug_to_lug_mm,
        lug_width_mm=watch.lug_width_mm,
    )
