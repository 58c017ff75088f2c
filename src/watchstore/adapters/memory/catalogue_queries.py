"""What the catalogue answers in memory."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from watchstore.adapters.memory.matching import counted, matches
from watchstore.adapters.memory.passports import passport
from watchstore.adapters.memory.reading import Reader
from watchstore.adapters.memory.shelf import Shelf, stock_of
from watchstore.adapters.memory.store import Store
from watchstore.adapters.memory.tables import COUNTERS
from watchstore.domain.watch import Publication
from watchstore.service_layer.listing import (
    checked,
    decode_cursor,
    encode_cursor,
    facet_values,
)
from watchstore.service_layer.queries import (
    BrandRow,
    Listing,
    Suggestion,
    WatchPage,
    WatchPassport,
)
from watchstore.service_layer.searching.document import text_of
from watchstore.service_layer.searching.suggestions import (
    Suggestable,
    references_meant,
    suggest,
    suggestable_watch,
)
from watchstore.service_layer.searching.understanding import understand
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary


class MemoryCatalogueQueries:
    def __init__(self, store: Store, speller: Callable[[Vocabulary], Speller]) -> None:
        self._store = store
        self._speller = speller
        self._gathered: Shelf | None = None

    def listing(self, listing: Listing) -> WatchPage:
        checked(listing)
        after = decode_cursor(listing)
        shelf = self._shelf()
        with self._store.transaction() as tx:
            stock = stock_of(Reader(self._store, tx), shelf.watches)
        found = matches(shelf, stock, listing)
        shown = sorted(
            (match for match in found if not match.missed), key=lambda match: match.position
        )
        rest = [match for match in shown if after is None or match.position > after]
        page = rest[: listing.limit]
        more = len(rest) > len(page)
        return WatchPage(
            tuple(replace(match.row.card, availability=stock[match.row.id]) for match in page),
            encode_cursor(listing.sort, page[-1].position) if more else None,
            len(shown),
            facet_values(counted(found), listing),
        )

    def watch(self, slug: str) -> WatchPassport | None:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            watch = reader.watch_at(slug)
            if watch is None or watch.publication is not Publication.PUBLISHED:
                return None
            return passport(reader, watch)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        shelf = self._shelf()
        meant = understand(text, shelf.speller, typing=True)
        bares = set(references_meant(meant, shelf.speller))
        return suggest(meant, [*shelf.groups, *_by_reference(shelf, bares)])

    def brands(self) -> tuple[BrandRow, ...]:
        """By name; only those of which a watch is shown."""
        return self._shelf().brands

    def version(self) -> int:
        with self._store.transaction() as tx:
            return tx.get(COUNTERS, "catalogue") or 0

    def _shelf(self) -> Shelf:
        """The version is read before the rows: an edit in between is seen next time."""
        version = self.version()
        shelf = self._gathered
        if shelf is None or shelf.version != version:
            with self._store.transaction() as tx:
                shelf = Shelf(version, Reader(self._store, tx), self._speller)
            self._gathered = shelf
        return shelf


def _by_reference(shelf: Shelf, bares: set[str]) -> Iterator[Suggestable]:
    for watch in shelf.watches.values():
        if watch.reference.bare in bares:
            yield suggestable_watch(text_of(watch), slug=watch.slug.text)
