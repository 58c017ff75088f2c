"""Keeps the listing's row of every watch that a transaction changed, in the same transaction."""

from collections.abc import Collection, Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Select, delete, select
from sqlalchemy.dialects import postgresql

from watchstore.adapters.postgres.repositories.offer_rows import to_offer
from watchstore.adapters.postgres.repositories.watch_rows import to_watch
from watchstore.adapters.postgres.schema import listed_watches, offers, watches
from watchstore.domain.identifiers import WatchId
from watchstore.domain.offer import Offer
from watchstore.domain.watch import Publication, Watch
from watchstore.service_layer.listing import Listed, listed
from watchstore.service_layer.queries import Sort
from watchstore.service_layer.searching.document import SearchDocument

_SHOWN: Final = Publication.PUBLISHED
_FOUND: Final = select(watches)
_LOCKED: Final = _FOUND.order_by(watches.c.id).with_for_update(key_share=True)
_NEW: Final = postgresql.insert(listed_watches)
_KEEP: Final = _NEW.on_conflict_do_update(
    index_elements=["watch_id"],
    set_={
        column.name: _NEW.excluded[column.name]
        for column in listed_watches.c
        if column.name != "watch_id"
    },
)


def refresh(connection: Connection, changed: Collection[WatchId]) -> None:
    """Four statements, however many watches changed.

    The first locks them: of two who reprice two offers of a watch, the second must see the first.
    """
    rows = rows_of(connection, changed, _LOCKED)
    hidden = set(changed) - {row["watch_id"] for row in rows}
    if hidden:
        connection.execute(delete(listed_watches).where(listed_watches.c.watch_id.in_(hidden)))
    if rows:
        connection.execute(_KEEP, rows)


def rows_of(
    connection: Connection, watch_ids: Collection[UUID], found: Select[Any] = _FOUND
) -> list[dict[str, Any]]:
    """What the listing should have of these watches: nothing of those that are not published."""
    chosen = connection.execute(found.where(watches.c.id.in_(watch_ids)))
    shown = [watch for row in chosen if (watch := to_watch(row)).publication is _SHOWN]
    open_offers: dict[UUID, list[Offer]] = {}
    which = select(offers).where(offers.c.watch_id.in_(watch_ids), offers.c.closed_at.is_(None))
    for row in connection.execute(which):
        open_offers.setdefault(row.watch_id, []).append(to_offer(row))
    return [_values(watch, listed(watch, open_offers.get(watch.id, []))) for watch in shown]


def _values(watch: Watch, row: Listed) -> dict[str, Any]:
    card, facets, places = row.card, row.facets, row.places
    return {
        "watch_id": watch.id,
        "bare_reference": watch.reference.bare,
        "sort_name": row.sort_name,
        **{name: getattr(card, name) for name in card.__slots__ if name != "availability"},
        **{f"{facet}_code": facets[facet][0] for facet in _SINGLE},
        "price_codes": list(facets["price"]),
        "condition_codes": list(facets["condition"]),
        "by_relevance": places[Sort.RELEVANCE],
        "by_price": places[Sort.PRICE],
        "by_price_down": places[Sort.PRICE_DOWN],
        "by_year": places[Sort.NEWEST],
        "by_diameter": places[Sort.DIAMETER],
        "document": " ".join(_lexemes(row.document)),
    }


_SINGLE: Final = (
    "brand",
    "collection",
    "movement",
    "case",
    "dial",
    "diameter",
    "water",
    "year",
)


def _lexemes(document: SearchDocument) -> Iterator[str]:
    """A weight needs a position; which one does not matter."""
    yield from (f"'{word}':1{weight}" for word, weight in document.words.items())
