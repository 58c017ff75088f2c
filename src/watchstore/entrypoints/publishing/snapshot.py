"""What the published pages are made of: the catalogue's rows at one moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchstore.service_layer.queries import (
    LARGEST_PAGE,
    BrandRow,
    CatalogueQueries,
    Listing,
    Sort,
    WatchPassport,
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Published watches by brand and name, and the brands that have any."""

    watches: tuple[WatchPassport, ...]
    brands: tuple[BrandRow, ...]

    @classmethod
    def of(cls, watches: Iterable[WatchPassport], brands: Iterable[BrandRow]) -> "Snapshot":
        ordered = sorted(watches, key=lambda watch: (watch.brand_slug, watch.name, watch.slug))
        known = {watch.brand_slug for watch in ordered}
        return cls(tuple(ordered), tuple(row for row in brands if row.slug in known))


def snapshot_of(catalogue: CatalogueQueries) -> Snapshot:
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
