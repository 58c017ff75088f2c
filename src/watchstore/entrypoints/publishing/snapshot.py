"""What the published pages are made of: the catalogue's rows at one moment."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchstore.domain.identifiers import Slug
from watchstore.domain.money import Money
from watchstore.service_layer.queries import (
    LARGEST_PAGE,
    Availability,
    BrandRow,
    CatalogueQueries,
    Listing,
    OfferRow,
    Sort,
    WatchPassport,
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Published watches by brand and name, and the brands that have any."""

    watches: tuple[WatchPassport, ...]
    brands: tuple[BrandRow, ...]

    @classmethod
    def of(cls, watches: Iterator[WatchPassport], brands: tuple[BrandRow, ...]) -> "Snapshot":
        ordered = sorted(watches, key=lambda watch: (watch.brand_slug, watch.name, watch.slug))
        known = {watch.brand_slug for watch in ordered}
        return cls(tuple(ordered), tuple(row for row in brands if row.slug in known))


def from_catalogue(catalogue: CatalogueQueries) -> Snapshot:
    """Read the live catalogue through its own questions."""
    return Snapshot.of(_passports(catalogue), catalogue.brands())


def _passports(catalogue: CatalogueQueries) -> Iterator[WatchPassport]:
    cursor: str | None = None
    while True:
        page = catalogue.listing(Listing(sort=Sort.NAME, cursor=cursor, limit=LARGEST_PAGE))
        found = (catalogue.watch(card.slug) for card in page.items)
        yield from (watch for watch in found if watch is not None)
        cursor = page.next
        if cursor is None:
            return


def from_csv(folder: Path) -> Snapshot:
    """Read `catalogue.csv` and `brands.csv`: pages without a database, for work on the design."""
    about = {row["brand"]: row for row in _rows(folder / "brands.csv")}
    watches = tuple(_passport(row, about) for row in _rows(folder / "catalogue.csv"))
    counts: dict[str, int] = {}
    for watch in watches:
        counts[watch.brand] = counts.get(watch.brand, 0) + 1
    brands = tuple(_brand(name, about, counts[name]) for name in sorted(counts))
    return Snapshot.of(iter(watches), brands)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _brand(name: str, about: Mapping[str, Mapping[str, str]], watches: int) -> BrandRow:
    row = about.get(name, {})
    founded = _whole(row.get("founded_year", ""))
    return BrandRow(Slug.of(name).text, name, row.get("country", ""), founded, watches)


def _passport(row: Mapping[str, str], about: Mapping[str, Mapping[str, str]]) -> WatchPassport:
    slug = Slug.of(row["brand"], row["collection"], row["reference"]).text
    offers = _offers(row, slug)
    return WatchPassport(
        id=slug,
        slug=slug,
        brand=row["brand"],
        brand_slug=Slug.of(row["brand"]).text,
        country=about.get(row["brand"], {}).get("country", ""),
        collection=row["collection"],
        reference=row["reference"],
        name=row["name"],
        publication="published",
        movement=row["movement"] or None,
        calibre=row["calibre"],
        case_material=row["case_material"],
        diameter_mm=float(row["case_diameter_mm"]) if row["case_diameter_mm"] else None,
        thickness_mm=None,
        lug_to_lug_mm=None,
        lug_width_mm=None,
        dial_colour=row["dial_colour"],
        bracelet_material=row["bracelet_material"],
        crystal="",
        water_resistance_m=_whole(row["water_resistance_m"]),
        power_reserve_h=None,
        complications=(),
        year=_whole(row["year"]),
        offers=offers,
        availability=offers[0].availability if offers else Availability.ON_REQUEST.value,
        version=1,
        changed_at="",
    )


def _offers(row: Mapping[str, str], slug: str) -> tuple[OfferRow, ...]:
    if not row["price_amount"]:
        return ()
    price = Money.of(row["price_amount"], row["price_currency"])
    state = Availability.IN_STOCK.value
    offer = OfferRow(
        slug, "new", price.amount, price.currency.code, "", True, True, 1, 0, state, 1
    )
    return (offer,)


def _whole(text: str) -> int | None:
    return int(float(text)) if text else None
