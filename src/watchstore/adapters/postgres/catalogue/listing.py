"""The two statements of a listing: one page, and the total with every facet's counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from watchstore.adapters.postgres.catalogue.search import Hits
from watchstore.service_layer.listing import Position
from watchstore.service_layer.queries import FACETS, Listing, Sort

# What can be said of the unsold pieces `p` of the open offers `o` of one watch.
_AVAILABILITY: Final = """CASE
    WHEN bool_or(p.id IS NOT NULL AND p.order_id IS NULL
                 AND (p.hold_until IS NULL OR p.hold_until <= clock_timestamp())) THEN 'in_stock'
    WHEN count(p.id) > 0 THEN 'reserved'
    WHEN count(o.id) > 0 THEN 'sold_out'
    ELSE 'on_request' END"""
_STOCK: Final = f"""
stock AS MATERIALIZED (
    SELECT o.watch_id, {_AVAILABILITY} AS availability
    FROM offers o LEFT JOIN pieces p
         ON p.offer_id = o.id AND p.sold_at IS NULL AND p.withdrawn_at IS NULL
    WHERE o.closed_at IS NULL GROUP BY o.watch_id)"""  # noqa: S608 - constants only
_STOCKED: Final = """
LEFT JOIN stock s ON s.watch_id = w.watch_id"""
_ONE_STOCK: Final = f"""
LEFT JOIN LATERAL (
    SELECT {_AVAILABILITY} AS availability
    FROM offers o LEFT JOIN pieces p
         ON p.offer_id = o.id AND p.sold_at IS NULL AND p.withdrawn_at IS NULL
    WHERE o.watch_id = page.watch_id AND o.closed_at IS NULL) s ON true"""  # noqa: S608
_SHOWN: Final = (
    "slug, brand, collection, reference, name, movement, case_material, diameter_mm,"
    " dial_colour, year, amount, currency, condition"
)
_COLUMNS: Final[Mapping[str, str]] = {
    "brand": "w.brand_code",
    "collection": "w.collection_code",
    "movement": "w.movement_code",
    "case": "w.case_code",
    "dial": "w.dial_code",
    "diameter": "w.diameter_code",
    "water": "w.water_code",
    "price": "w.price_codes",
    "condition": "w.condition_codes",
    "availability": "coalesce(s.availability, 'on_request')",
    "year": "w.year_code",
}
_MANY: Final = frozenset({"price", "condition"})
_SPELLINGS: Final = {"brand": "min(brand)", "collection": "nullif(min(collection), '')"}
_PLACES: Final = {
    Sort.RELEVANCE: "w.by_relevance",
    Sort.NAME: "0.0::float8",
    Sort.PRICE: "w.by_price",
    Sort.PRICE_DOWN: "w.by_price_down",
    Sort.NEWEST: "w.by_year",
    Sort.DIAMETER: "w.by_diameter",
}


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    params: Mapping[str, object]


def _chosen(listing: Listing) -> tuple[str, ...]:
    return tuple(facet for facet in FACETS if listing.filters.get(facet))


def _choices(listing: Listing) -> dict[str, object]:
    return {f"f_{facet}": list(listing.filters[facet]) for facet in _chosen(listing)}


def _meets(facet: str) -> str:
    many = facet in _MANY
    return f"{_COLUMNS[facet]} {'&&' if many else '= ANY'} {_choice(facet, many=many)}"


def _choice(facet: str, *, many: bool) -> str:
    return f"%(f_{facet})s::text[]" if many else f"(%(f_{facet})s::text[])"


def page_statement(listing: Listing, hits: Hits | None, after: Position | None) -> Statement:
    """One row more than the page holds tells whether there is a next one."""
    params: dict[str, object] = {"limit": listing.limit + 1, **_choices(listing)}
    if hits:
        params |= hits.params
    if after:
        params |= {"place": after.place, "sort_name": after.sort_name, "id": after.id}
    sql = _page_sql(_chosen(listing), listing.sort, hits.sql if hits else "", after is not None)
    return Statement(sql, params)


@lru_cache(maxsize=512)
def _page_sql(chosen: tuple[str, ...], sort: Sort, hits: str, continued: bool) -> str:
    by_score = hits and sort is Sort.RELEVANCE
    place = "-h.score::float8" if by_score else _PLACES[sort]
    stocked = "availability" in chosen
    wheres = [_meets(facet) for facet in chosen]
    if continued:
        wheres.append(f"({place}, w.sort_name, w.watch_id) > (%(place)s, %(sort_name)s, %(id)s)")
    ctes = [*([hits] if hits else []), *([_STOCK] if stocked else [])]
    ctes.append(
        f"""
page AS (
    SELECT {", ".join(f"w.{name}" for name in _SHOWN.split(", "))},
           w.watch_id, w.sort_name, {place} AS place
    FROM listed_watches w{_joins(hits, stocked=stocked)}{_where(wheres)}
    ORDER BY place, w.sort_name, w.watch_id LIMIT %(limit)s)"""  # noqa: S608 - constants only
    )
    return (
        f"WITH {','.join(ctes)}\nSELECT {_SHOWN}, s.availability, place, sort_name, watch_id"
        f" FROM page{_ONE_STOCK} ORDER BY place, sort_name, watch_id"
    )


def facets_statement(listing: Listing, hits: Hits | None) -> Statement:
    """Rows (facet, value, spelling, count); the total is the facet ''."""
    params = {**_choices(listing), **(hits.params if hits else {})}
    return Statement(_facets_sql(_chosen(listing), hits.sql if hits else ""), params)


@lru_cache(maxsize=512)
def _facets_sql(chosen: tuple[str, ...], hits: str) -> str:
    """`missed` counts the choices a watch does not meet; with one left it counts for that facet."""
    missed = " + ".join(f"(NOT {_meets(facet)})::int" for facet in chosen) or "0"
    columns = ", ".join(f"{column} AS f_{facet}" for facet, column in _COLUMNS.items())
    misses = "".join(f", NOT {_meets(facet)} AS miss_{facet}" for facet in chosen)
    ctes = [*([hits] if hits else []), _STOCK]
    ctes.append(
        f"""
matched AS MATERIALIZED (
    SELECT w.brand, w.collection, {columns}{misses}, {missed} AS missed
    FROM listed_watches w{_joins(hits, stocked=True)}{_where([f"{missed} <= 1"] if chosen else [])})"""  # noqa: S608, E501
    )
    counts = "\nUNION ALL ".join(_count(facet, chosen) for facet in FACETS)
    total = "SELECT '', '', NULL::text, count(*) FROM matched WHERE missed = 0"
    return f"WITH {','.join(ctes)}\n{total}\nUNION ALL {counts}"


def _count(facet: str, chosen: tuple[str, ...]) -> str:
    value = f"unnest(f_{facet})" if facet in _MANY else f"f_{facet}"
    spelling = _SPELLINGS.get(facet, "NULL::text")
    counts = f"missed = 0 OR miss_{facet}" if facet in chosen else "missed = 0"
    return f"SELECT '{facet}', {value}, {spelling}, count(*) FROM matched WHERE {counts} GROUP BY 2"  # noqa: S608


def _joins(hits: str, *, stocked: bool) -> str:
    return ("\nJOIN hit h ON h.watch_id = w.watch_id" if hits else "") + (
        _STOCKED if stocked else ""
    )


def _where(conditions: list[str]) -> str:
    return "\nWHERE " + " AND ".join(conditions) if conditions else ""
