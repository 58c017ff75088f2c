"""The picture of a watch, drawn from what the catalogue says of it."""

from watchstore.entrypoints.pictures import draw, look_of
from watchstore.service_layer.queries import WatchPassport


def illustration(watch: WatchPassport) -> str:
    return draw(
        look_of(
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
    )
