"""What the catalogue answers from PostgreSQL: a listing is two statements, a search three."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine, select

from watchstore.adapters.postgres.catalogue.knowledge import CurrentKnowledge
from watchstore.adapters.postgres.catalogue.listing import (
    Statement,
    facets_statement,
    page_statement,
)
from watchstore.adapters.postgres.catalogue.search import Hits, hits
from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries.passport import BY_SLUG, passport
from watchstore.adapters.postgres.repositories.watch_rows import to_watch
from watchstore.adapters.postgres.schema import catalogue_state, watches
from watchstore.domain.watch import Publication
from watchstore.service_layer.listing import (
    Counted,
    Position,
    checked,
    decode_cursor,
    encode_cursor,
    facet_values,
)
from watchstore.service_layer.queries import (
    BrandRow,
    Listing,
    Suggestion,
    WatchCard,
    WatchPage,
    WatchPassport,
)
from watchstore.service_layer.searching.document import text_of
from watchstore.service_layer.searching.suggestions import (
    references_meant,
    suggest,
    suggestable_watch,
)
from watchstore.service_layer.searching.understanding import understand
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary

_PUBLISHED = BY_SLUG.where(watches.c.publication == Publication.PUBLISHED.value)
_VERSION = select(catalogue_state.c.version)


class PostgresCatalogueQueries:
    def __init__(self, reads: Engine, speller: Callable[[Vocabulary], Speller]) -> None:
        self._reads = reads
        self._knowledge = CurrentKnowledge(reads, speller)

    def listing(self, listing: Listing) -> WatchPage:
        checked(listing)
        after = decode_cursor(listing)
        found: Hits | None = None
        if listing.text.strip():
            meant = understand(listing.text, self._knowledge.get().speller)
            if not meant.terms:
                return WatchPage((), None, 0, facet_values({}, listing))
            found = hits(meant)
        with translated(), self._reads.connect() as connection:
            rows = _run(connection, page_statement(listing, found, after))
            counts = _run(connection, facets_statement(listing, found))
        return _page(listing, rows, counts)

    def watch(self, slug: str) -> WatchPassport | None:
        with translated(), self._reads.connect() as connection:
            return passport(connection, _PUBLISHED, slug)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        known = self._knowledge.get()
        meant = understand(text, known.speller, typing=True)
        bares = references_meant(meant, known.speller)
        statement = select(watches).where(
            watches.c.bare_reference.in_(bares),
            watches.c.publication == Publication.PUBLISHED.value,
        )
        with translated(), self._reads.connect() as connection:
            found = [to_watch(row) for row in connection.execute(statement)] if bares else []
        singles = (suggestable_watch(text_of(each), slug=each.slug.text) for each in found)
        return suggest(meant, [*known.groups, *singles])

    def brands(self) -> tuple[BrandRow, ...]:
        return self._knowledge.get().brands

    def version(self) -> int:
        with translated(), self._reads.connect() as connection:
            return int(connection.execute(_VERSION).scalar_one())


def _run(connection: Any, statement: Statement) -> Sequence[Any]:
    rows: Sequence[Any] = connection.exec_driver_sql(statement.sql, statement.params).fetchall()
    return rows


def _page(listing: Listing, rows: Sequence[Any], counts: Sequence[Any]) -> WatchPage:
    shown = rows[: listing.limit]
    cursor = None
    if len(rows) > len(shown):
        place, sort_name, identity = shown[-1][-3:]
        cursor = encode_cursor(listing.sort, Position(place, sort_name, str(identity)))
    counted: dict[str, list[Counted]] = {}
    for facet, value, spelling, count in counts:
        counted.setdefault(facet, []).append((value, spelling, count))
    total = counted.pop("")[0][2]
    cards = tuple(WatchCard(*row[:-3]) for row in shown)
    return WatchPage(cards, cursor, total, facet_values(counted, listing))
