"""What the catalogue answers in memory."""

from collections.abc import Callable

from watchstore.adapters.memory.passports import passport
from watchstore.adapters.memory.reading import Reader
from watchstore.adapters.memory.store import Store
from watchstore.adapters.memory.tables import BRANDS, COUNTERS
from watchstore.domain.watch import Publication
from watchstore.service_layer.queries import (
    BrandRow,
    Listing,
    Suggestion,
    WatchPage,
    WatchPassport,
)
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary


class MemoryCatalogueQueries:
    def __init__(self, store: Store, speller: Callable[[Vocabulary], Speller]) -> None:
        self._store = store
        self._speller = speller

    def listing(self, listing: Listing) -> WatchPage:
        raise NotImplementedError(listing)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        raise NotImplementedError(text)

    def watch(self, slug: str) -> WatchPassport | None:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            watch = reader.watch_at(slug)
            if watch is None or watch.publication is not Publication.PUBLISHED:
                return None
            return passport(reader, watch)

    def brands(self) -> tuple[BrandRow, ...]:
        """By name; only those of which a watch is shown."""
        with self._store.transaction() as tx:
            shown = [
                watch.brand
                for watch in Reader(self._store, tx).watches()
                if watch.publication is Publication.PUBLISHED
            ]
            brands = tx.scan(BRANDS, lambda brand: brand.name in shown)
        return tuple(
            BrandRow(
                brand.slug.text,
                brand.name,
                brand.country,
                brand.founded_year,
                shown.count(brand.name),
            )
            for brand in sorted(brands, key=lambda brand: brand.name)
        )

    def version(self) -> int:
        with self._store.transaction() as tx:
            return tx.get(COUNTERS, "catalogue") or 0
