"""The look of a watch of the domain."""

from watchstore.domain.watch import Watch
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.reading import look_of


def look_of_watch(watch: Watch) -> Look:
    known = watch.specification
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
        year=known.first_year,
        water_resistance_m=known.water_resistance_m,
        thickness_mm=known.thickness_mm,
        lug_to_lug_mm=known.lug_to_lug_mm,
        lug_width_mm=known.lug_width_mm,
    )
