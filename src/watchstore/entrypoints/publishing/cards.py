"""A watch as other pages than its own show it: what the publisher remembers of each."""

from dataclasses import dataclass
from typing import Any, Final

from watchstore.domain.identifiers import ascii_fold
from watchstore.entrypoints.publishing.codes import codes_of
from watchstore.entrypoints.publishing.facts import cheapest
from watchstore.service_layer.queries import WatchPassport


@dataclass(frozen=True, slots=True)
class Card:
    """The price is that of the cheapest offer, None on request; `codes` are those of FACETS."""

    id: str
    slug: str
    brand: str
    brand_slug: str
    collection: str
    reference: str
    name: str
    movement: str | None
    case_material: str
    diameter_mm: float | None
    dial_colour: str
    year: int | None
    amount: int | None
    currency: str | None
    availability: str
    sort_name: str
    codes: tuple[str, ...]

    @property
    def place(self) -> tuple[object, ...]:
        """As the API lists without a search: its answer then only refreshes what is there."""
        offered = (self.year or 0) + (0 if self.amount is None else 10_000)
        return -offered, self.sort_name, self.id

    @property
    def collection_place(self) -> tuple[str, ...]:
        return self.collection, self.reference, self.slug


_MADE: Final = frozenset({"amount", "currency", "sort_name", "codes"})
_COPIED: Final = tuple(name for name in Card.__slots__ if name not in _MADE)


def card_of(watch: WatchPassport) -> Card:
    offer = cheapest(watch.offers) if watch.offers else None
    copied: dict[str, Any] = {name: getattr(watch, name) for name in _COPIED}
    return Card(
        **copied,
        amount=offer.amount if offer else None,
        currency=offer.currency if offer else None,
        sort_name=ascii_fold(f"{watch.brand} {watch.name} {watch.reference}"),
        codes=codes_of(watch),
    )
