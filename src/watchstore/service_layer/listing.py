"""A watch as the listing knows it, the orders a listing can be in, and its cursors.

Every order is ascending by (place, sort name, id): whatever should come down has its place
negated, whatever is unknown comes last. So one row comparison continues any page (keyset).
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Final
from uuid import UUID

from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import ascii_fold
from watchstore.domain.offer import Offer
from watchstore.domain.watch import Watch
from watchstore.service_layer.facets import BY_COUNT, LABELS, UNKNOWN, facets_of
from watchstore.service_layer.queries import (
    FACETS,
    LARGEST_PAGE,
    LONGEST_QUERY,
    FacetValue,
    Listing,
    Sort,
    WatchCard,
)
from watchstore.service_layer.searching.document import SearchDocument, document_of, text_of

LAST: Final = 1e15
_MOST_VALUES: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """Everything about a published watch but its stock, which changes with every sale."""

    card: WatchCard
    id: str
    sort_name: str
    places: Mapping[Sort, float]
    facets: Mapping[str, tuple[str, ...]]
    document: SearchDocument


def listed(watch: Watch, offers: Sequence[Offer], *, availability: str = "") -> Listed:
    """The listing's row of a watch with these open offers."""
    facts = watch.specification
    cheapest = min(offers, key=lambda offer: (offer.price.decimal, offer.id), default=None)
    card = WatchCard(
        slug=watch.slug.text,
        brand=watch.brand,
        collection=watch.collection,
        reference=watch.reference.printed,
        name=watch.name,
        movement=facts.movement.value if facts.movement else None,
        case_material=facts.case_material,
        diameter_mm=_number(facts.diameter_mm),
        dial_colour=facts.dial_colour,
        year=facts.first_year,
        amount=cheapest.price.amount if cheapest else None,
        currency=cheapest.price.currency.code if cheapest else None,
        condition=cheapest.condition.value if cheapest else None,
        availability=availability,
    )
    return Listed(
        card,
        str(watch.id),
        ascii_fold(f"{watch.brand} {watch.name} {watch.reference.printed}"),
        _places(watch, cheapest),
        facets_of(watch, offers),
        document_of(text_of(watch)),
    )


def _places(watch: Watch, cheapest: Offer | None) -> Mapping[Sort, float]:
    facts = watch.specification
    price = float(cheapest.price.decimal) if cheapest else None
    year = facts.first_year or 0
    return {
        # Without a text: what can be bought first, the newest of it leading.
        Sort.RELEVANCE: -float(year + (10_000 if cheapest else 0)),
        Sort.NAME: 0.0,
        Sort.PRICE: LAST if price is None else price,
        Sort.PRICE_DOWN: LAST if price is None else -price,
        Sort.NEWEST: -float(year),
        Sort.DIAMETER: float(facts.diameter_mm) if facts.diameter_mm else LAST,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def checked(listing: Listing) -> Listing:
    """The listing, if it can be answered; raises InvalidValue naming the parameter."""
    if len(listing.text) > LONGEST_QUERY:
        raise InvalidValue("q", f"must have at most {LONGEST_QUERY} characters")
    if not 1 <= listing.limit <= LARGEST_PAGE:
        raise InvalidValue("limit", f"must be between 1 and {LARGEST_PAGE}")
    for facet, values in listing.filters.items():
        if facet not in FACETS:
            raise InvalidValue(facet, f"is not one of {', '.join(FACETS)}")
        if len(values) > _MOST_VALUES:
            raise InvalidValue(facet, f"takes at most {_MOST_VALUES} values")
    return listing


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """The last row of a page: the next one starts behind it."""

    place: float
    sort_name: str
    id: str


def encode_cursor(sort: Sort, position: Position) -> str:
    parts = [sort.value, position.place, position.sort_name, position.id]
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode_cursor(listing: Listing) -> Position | None:
    """Where the listing goes on; raises InvalidValue for a cursor that this order never gave."""
    if listing.cursor is None:
        return None
    padded = listing.cursor + "=" * (-len(listing.cursor) % 4)
    try:
        sort, place, sort_name, identity = json.loads(urlsafe_b64decode(padded))
        position = Position(float(place), str(sort_name), str(UUID(identity)))
        printable = isfinite(position.place) and "\0" not in position.sort_name
        position.sort_name.encode()  # a lone surrogate is no text
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise InvalidValue("cursor", "is not one this shop gave") from None
    if sort != listing.sort or not printable:
        raise InvalidValue("cursor", "belongs to another order of the listing")
    return position


# A facet's values as counted: (value, spelling in the catalogue or None, count).
Counted = tuple[str, str | None, int]


def facet_values(
    counted: Mapping[str, Iterable[Counted]], listing: Listing
) -> Mapping[str, tuple[FacetValue, ...]]:
    """Label and order what was counted; a chosen value stays visible when it counts nothing."""
    return {facet: _values(facet, counted.get(facet, ()), listing) for facet in FACETS}


def _values(facet: str, counted: Iterable[Counted], listing: Listing) -> tuple[FacetValue, ...]:
    labels = LABELS.get(facet, {})
    counts = {value: (spelling, count) for value, spelling, count in counted}
    chosen = dict.fromkeys(listing.filters.get(facet, ()), (None, 0))
    values = [
        FacetValue(value, spelling or labels.get(value, value), count)
        for value, (spelling, count) in {**chosen, **counts}.items()
    ]
    if facet == "year":
        return tuple(sorted(values, key=lambda each: (each.value == UNKNOWN, _descending(each))))
    places = {} if facet in BY_COUNT else {value: place for place, value in enumerate(labels)}
    return tuple(
        sorted(values, key=lambda each: (places.get(each.value, 0), -each.count, each.label))
    )


def _descending(year: FacetValue) -> int:
    return -int(year.value) if year.value.isdecimal() else 0
