"""What is published, sorted into the landings that show it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.entrypoints.publishing.cards import Card
from watchstore.entrypoints.publishing.landings import Key, Landing, keys_of, landing_of
from watchstore.entrypoints.publishing.similar import similar
from watchstore.service_layer.facets import LABELS
from watchstore.service_layer.queries import BrandRow

_IN_THE_WINDOW: Final = 8


@dataclass(frozen=True, slots=True, order=True)
class Lead:
    """The way to a landing, in the order in which they stand."""

    _less: int
    code: str
    path: str
    label: str

    @property
    def count(self) -> int:
        return -self._less


class Shelf:
    """The cards of all published watches at one version; never changes."""

    def __init__(self, cards: Mapping[str, Card], makers: Iterable[BrandRow]) -> None:
        self.cards = cards
        members: dict[Key, list[Card]] = {}
        for card in cards.values():
            for key in keys_of(card):
                members.setdefault(key, []).append(card)
        self._members = members
        self.makers = tuple(row for row in makers if Key("brand", row.slug) in members)

    def __iter__(self) -> Iterator[Key]:
        """The landings that have any watch."""
        return iter(self._members)

    def __contains__(self, key: Key) -> bool:
        return key in self._members

    def count(self, key: Key) -> int:
        return len(self._members[key])

    def landing(self, key: Key) -> Landing:
        return landing_of(key, self._members[key])

    def leads(self, facet: str) -> tuple[Lead, ...]:
        """The landings of a facet that has names of its own, the largest first."""
        names = LABELS[facet]
        found = (self._lead(key, names[key.code]) for key in self if key.facet == facet)
        return tuple(sorted(found))

    def collections(self, brand_slug: str) -> tuple[Lead, ...]:
        """Of one brand, the largest first."""
        names: dict[Key, str] = {}
        for card in self._members[Key("brand", brand_slug)]:
            for key in keys_of(card):
                if key.facet == "collection":
                    names[key] = min(card.collection, names.get(key, card.collection))
        return tuple(sorted(self._lead(key, name) for key, name in names.items()))

    def _lead(self, key: Key, label: str) -> Lead:
        return Lead(-self.count(key), key.code, key.path, label)

    def near(self, card: Card) -> tuple[Card, ...]:
        return similar(card, self._members[Key("brand", card.brand_slug)])

    def first(self, count: int) -> tuple[Card, ...]:
        return tuple(sorted(self.cards.values(), key=lambda card: card.place)[:count])

    def window(self) -> tuple[Card, ...]:
        """The dearest watch of each of some brands."""
        offered = (card for card in self.cards.values() if card.amount is not None)
        found: dict[str, Card] = {}
        for card in sorted(offered, key=lambda card: (-(card.amount or 0), card.slug)):
            found.setdefault(card.brand, card)
        return tuple(found.values())[:_IN_THE_WINDOW]
