import csv
from functools import cache
from importlib.resources import files

from watchstore.entrypoints.pictures import look_of


@cache
def catalogue():
    text = (files("watchstore.entrypoints.demo") / "catalogue.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def look(row):
    return look_of(
        brand=row["brand"],
        collection=row["collection"],
        name=row["name"],
        movement=row["movement"],
        case_material=row["case_material"],
        diameter_mm=float(row["case_diameter_mm"]) if row["case_diameter_mm"] else None,
        dial_colour=row["dial_colour"],
        bracelet_material=row["bracelet_material"],
        water_resistance_m=int(row["water_resistance_m"] or 0) or None,
        year=int(row["year"]) if row["year"] else None,
    )


@cache
def looks():
    return tuple(look(row) for row in catalogue())
