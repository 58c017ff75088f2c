"""What the published pages are made of, and what changed of it since they were."""

from collections.abc import Collection, Iterator

from watchstore.adapters.memory.passports import passport
from watchstore.adapters.memory.reading import Reader
from watchstore.adapters.memory.shelf import brand_rows
from watchstore.adapters.memory.store import Store, Transaction
from watchstore.adapters.memory.tables import COUNTERS, EDITS, WATCHES
from watchstore.domain.watch import Publication, Watch
from watchstore.service_layer.queries import BrandRow, Changes, WatchPassport


class MemoryPageQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def changes(self, *, since: int) -> Changes:
        """The version is read before the rows: an edit in between is told again next time."""
        with self._store.transaction() as tx:
            version = tx.get(COUNTERS, "catalogue") or 0
            edited = list(_edited(tx, since))
        shown = sorted(watch.slug.text for watch in edited if _is_shown(watch))
        gone = sorted(watch.slug.text for watch in edited if not _is_shown(watch))
        return Changes(version, tuple(shown), tuple(gone))

    def watches(self, slugs: Collection[str]) -> tuple[WatchPassport, ...]:
        with self._store.transaction() as tx:
            reader, wanted = Reader(self._store, tx), set(slugs)
            found = [each for each in reader.watches() if each.slug.text in wanted]
            shown = sorted(filter(_is_shown, found), key=lambda watch: watch.slug.text)
            return tuple(passport(reader, watch) for watch in shown)

    def makers(self) -> tuple[BrandRow, ...]:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            return tuple(brand_rows(reader, filter(_is_shown, reader.watches())))


def _edited(tx: Transaction, since: int) -> Iterator[Watch]:
    if not since:
        yield from tx.scan(WATCHES)
        return
    for row in tx.scan(EDITS, lambda row: row.version > since):
        watch = tx.get(WATCHES, row.watch_id)
        if watch is not None:
            yield watch


def _is_shown(watch: Watch) -> bool:
    return watch.publication is Publication.PUBLISHED
