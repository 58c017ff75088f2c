"""One watch with its open offers and what is left of them, in one statement."""

from typing import Any, Final

from sqlalchemy import Engine

from watchstore.adapters.postgres.errors import translated
from watchstore.domain.watch import Publication
from watchstore.service_layer.queries import Availability, OfferRow, WatchPassport

_FREE: Final = (
    "p.id IS NOT NULL AND p.order_id IS NULL"
    " AND (p.hold_until IS NULL OR p.hold_until <= clock_timestamp())"
)
_PASSPORT: Final = f"""
SELECT w.id::text, w.slug, w.brand, b.slug, b.country, w.collection, w.reference, w.name,
       w.publication, w.movement, w.calibre, w.case_material, w.diameter_mm::float8,
       w.thickness_mm::float8, w.lug_to_lug_mm::float8, w.lug_width_mm::float8, w.dial_colour,
       w.bracelet_material, w.crystal, w.water_resistance_m, w.power_reserve_h, w.complications,
       w.first_year, w.version, w.changed_at, o.rows
FROM watches w JOIN brands b ON b.name = w.brand
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(o.id, o.condition, o.amount, o.currency, o.note,
                                     n.box, n.papers, n.free, n.reserved, o.version)
                    ORDER BY o.amount, o.id) AS rows
    FROM offers o, LATERAL (
        SELECT coalesce(bool_and(p.box), false) AS box, coalesce(bool_and(p.papers), false) AS papers,
               count(*) FILTER (WHERE {_FREE}) AS free,
               count(*) FILTER (WHERE p.sold_at IS NULL AND NOT ({_FREE})) AS reserved
        FROM pieces p WHERE p.offer_id = o.id) n
    WHERE o.watch_id = w.id AND o.closed_at IS NULL) o ON true
WHERE w.slug = %(slug)s AND (w.publication = %(only)s OR %(only)s IS NULL)
"""  # noqa: S608 - constants only


def find_passport(reads: Engine, slug: str, *, published: bool) -> WatchPassport | None:
    params = {"slug": slug, "only": Publication.PUBLISHED.value if published else None}
    with translated(), reads.connect() as connection:
        row = connection.exec_driver_sql(_PASSPORT, params).first()
    return _passport(tuple(row)) if row else None


def _passport(row: tuple[Any, ...]) -> WatchPassport:
    *facts, complications, year, version, changed_at, offers = row
    rows = tuple(_offer(*offer) for offer in offers or ())
    return WatchPassport(
        *facts,
        complications=tuple(complications),
        year=year,
        offers=rows,
        availability=_best(rows),
        version=version,
        changed_at=changed_at.isoformat(),
    )


def _offer(*row: Any) -> OfferRow:
    *terms, free, reserved, version = row
    availability = Availability.SOLD_OUT
    if free:
        availability = Availability.IN_STOCK
    elif reserved:
        availability = Availability.RESERVED
    return OfferRow(*terms, free, reserved, availability.value, version)


def _best(offers: tuple[OfferRow, ...]) -> str:
    found = {offer.availability for offer in offers}
    return next((each.value for each in Availability if each in found), Availability.ON_REQUEST)
