"""The look of a watch: of the domain's, or of what its page says."""

from watchstore.domain.watch import Specification, Watch
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.reading import look_of
from watchstore.service_layer.queries import WatchPassport


def look_of_watch(watch: Watch | WatchPassport) -> Look:
    if isinstance(watch, Watch):
        return _look(watch, watch.specification, watch.specification.first_year)
    return _look(watch, watch, watch.year)


def _look(
    watch: Watch | WatchPassport, known: Specification | WatchPassport, year: int | None
) -> Look:
    return look_of(
        brand=watch.brand,
        collection=watch.collection,
        name=watch.name,
        movement=known.movement or "",
        case_material=known.case_material,
        diameter_mm=known.diameter_mm,
        dial_colour=known.dial_colour,
        bracelet_material=known.bracelet_material,
        complications=known.complications,
        year=year,
        water_resistance_m=known.water_resistance_m,
        thickness_mm=known.thickness_mm,
        lug_to_lug_mm=known.lug_to_lug_mm,
        lug_width_mm=known.lug_width_mm,
    )
