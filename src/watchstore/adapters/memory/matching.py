"""Which watches of the shelf a listing asks for, and what each facet counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from watchstore.adapters.memory.shelf import Shelf
from watchstore.service_layer.listing import Counted, Listed, Position
from watchstore.service_layer.queries import FACETS, Listing, Sort
from watchstore.service_layer.searching.understanding import understand


@dataclass(frozen=True, slots=True)
class Match:
    """A watch that the text finds, where it stands, and the facets whose choice it misses."""

    row: Listed
    position: Position
    values: Mapping[str, tuple[str, ...]]
    missed: frozenset[str]


def matches(shelf: Shelf, stock: Mapping[str, str], listing: Listing) -> list[Match]:
    return [_match(row, place, stock[row.id], listing) for place, row in _found(shelf, listing)]


def _found(shelf: Shelf, listing: Listing) -> Iterator[tuple[float, Listed]]:
    if not listing.text.strip():
        yield from ((row.places[listing.sort], row) for row in shelf.rows)
        return
    rows = {row.id: row for row in shelf.rows}
    for identity, score in shelf.index.hits(understand(listing.text, shelf.speller)):
        row = rows[identity]
        by_score = listing.sort is Sort.RELEVANCE
        yield -float(score) if by_score else row.places[listing.sort], row


def _match(row: Listed, place: float, availability: str, listing: Listing) -> Match:
    values = {**row.facets, "availability": (availability,)}
    missed = frozenset(
        facet
        for facet, chosen in listing.filters.items()
        if chosen and not set(chosen) & set(values[facet])
    )
    return Match(row, Position(place, row.sort_name, row.id), values, missed)


def counted(found: list[Match]) -> Mapping[str, list[Counted]]:
    """A watch counts for a facet when it misses no choice of any other facet."""
    return {facet: list(_counted(facet, found)) for facet in FACETS}


def _counted(facet: str, found: list[Match]) -> Iterator[Counted]:
    counts: Counter[str] = Counter()
    spellings: dict[str, str | None] = {}
    for match in found:
        if match.missed <= {facet}:
            counts.update(match.values[facet])
            spellings |= dict.fromkeys(match.values[facet], _spelling(facet, match.row))
    yield from ((value, spellings[value], count) for value, count in counts.items())


def _spelling(facet: str, row: Listed) -> str | None:
    if facet == "brand":
        return row.card.brand
    return row.card.collection or None if facet == "collection" else None
