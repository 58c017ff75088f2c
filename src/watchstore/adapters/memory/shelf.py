"""The published watches as the listing knows them, gathered anew when the catalogue changes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from watchstore.adapters.memory.reading import Reader
from watchstore.domain.watch import Publication, Watch
from watchstore.service_layer.facets import collection_code
from watchstore.service_layer.listing import Listed, listed
from watchstore.service_layer.queries import Availability, BrandRow
from watchstore.service_layer.searching.index import DocumentIndex
from watchstore.service_layer.searching.suggestions import (
    Suggestable,
    suggestable_brand,
    suggestable_collection,
)
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary


class Shelf:
    """One version of the catalogue; never changes once gathered."""

    def __init__(
        self, version: int, reader: Reader, speller: Callable[[Vocabulary], Speller]
    ) -> None:
        self.version = version
        self.watches = {str(each.id): each for each in _published(reader)}
        rows = (listed(each, reader.open_offers(each.id)) for each in self.watches.values())
        self.rows = sorted(rows, key=lambda row: (row.sort_name, row.id))
        self.index = DocumentIndex((row.id, row.document) for row in self.rows)
        self.speller = speller(Vocabulary.of(row.document for row in self.rows))
        self.brands = tuple(brand_rows(reader, self.watches.values()))
        self.groups = (*_brand_suggestions(self.brands), *_collection_suggestions(self.rows))


def _published(reader: Reader) -> list[Watch]:
    return [watch for watch in reader.watches() if watch.publication is Publication.PUBLISHED]


def brand_rows(reader: Reader, shown: Iterable[Watch]) -> Iterator[BrandRow]:
    counts = Counter(watch.brand for watch in shown)
    for name in sorted(counts):
        brand = reader.brand(name)
        yield BrandRow(brand.slug.text, name, brand.country, brand.founded_year, counts[name])


def _brand_suggestions(brands: tuple[BrandRow, ...]) -> Iterator[Suggestable]:
    for brand in brands:
        yield suggestable_brand(brand.name, value=brand.slug, watches=brand.watches)


def _collection_suggestions(rows: list[Listed]) -> Iterator[Suggestable]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.card.collection:
            key = (row.card.brand, row.card.collection)
            counts[key] = counts.get(key, 0) + 1
    for (brand, name), count in sorted(counts.items()):
        yield suggestable_collection(brand, name, value=collection_code(brand, name), watches=count)


def stock_of(reader: Reader, watches: Mapping[str, Watch]) -> Mapping[str, str]:
    """The availability of each watch by its id, now."""
    found = {}
    for identity, watch in watches.items():
        states = (reader.stock(offer.id).availability for offer in reader.open_offers(watch.id))
        found[identity] = Availability.of_watch(states).value
    return found
