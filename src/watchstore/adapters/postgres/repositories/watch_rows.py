"""A watch as a row, and back."""

from typing import Any

from sqlalchemy import Row

from watchstore.domain.identifiers import Reference, Slug, WatchId
from watchstore.domain.watch import Movement, Publication, Specification, Watch


def watch_values(watch: Watch) -> dict[str, object]:
    return {
        "id": watch.id,
        "brand": watch.brand,
        "collection": watch.collection,
        "reference": watch.reference.printed,
        "bare_reference": watch.reference.bare,
        "name": watch.name,
        "slug": watch.slug.text,
        "created_at": watch.created_at,
        "changed_at": watch.changed_at,
        "publication": watch.publication.value,
        "version": watch.version,
        **_specification_values(watch.specification),
    }


def _specification_values(facts: Specification) -> dict[str, object]:
    return {
        "movement": facts.movement.value if facts.movement else None,
        "calibre": facts.calibre,
        "case_material": facts.case_material,
        "diameter_mm": facts.diameter_mm,
        "thickness_mm": facts.thickness_mm,
        "lug_to_lug_mm": facts.lug_to_lug_mm,
        "lug_width_mm": facts.lug_width_mm,
        "dial_colour": facts.dial_colour,
        "bracelet_material": facts.bracelet_material,
        "crystal": facts.crystal,
        "water_resistance_m": facts.water_resistance_m,
        "power_reserve_h": facts.power_reserve_h,
        "complications": list(facts.complications),
        "first_year": facts.first_year,
    }


def to_watch(row: Row[Any]) -> Watch:
    return Watch(
        WatchId(row.id),
        row.brand,
        row.collection,
        Reference(row.reference),
        row.name,
        Slug(row.slug),
        row.created_at,
        row.changed_at,
        specification=_to_specification(row),
        publication=Publication(row.publication),
        version=row.version,
    )


def _to_specification(row: Row[Any]) -> Specification:
    return Specification(
        movement=Movement(row.movement) if row.movement else None,
        calibre=row.calibre,
        case_material=row.case_material,
        diameter_mm=row.diameter_mm,
        thickness_mm=row.thickness_mm,
        lug_to_lug_mm=row.lug_to_lug_mm,
        lug_width_mm=row.lug_width_mm,
        dial_colour=row.dial_colour,
        bracelet_material=row.bracelet_material,
        crystal=row.crystal,
        water_resistance_m=row.water_resistance_m,
        power_reserve_h=row.power_reserve_h,
        complications=tuple(row.complications),
        first_year=row.first_year,
    )
