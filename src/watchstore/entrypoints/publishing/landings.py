"""Listings narrowed to one value of one facet, each found under an address of its own."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby
from typing import Final

from watchstore.entrypoints.publishing.cards import Card
from watchstore.entrypoints.publishing.codes import FACETS
from watchstore.service_layer.facets import LABELS

# A page about fewer watches says little that theirs do not: it is there, but not to be found.
_WORTH_FINDING: Final = 3
_FOREMOST: Final = 4
FIRST_PAGE: Final = 24


@dataclass(frozen=True, slots=True)
class Key:
    """A facet of the API, and one of its values."""

    facet: str
    code: str

    @property
    def path(self) -> str:
        return f"{'brands' if self.facet == 'brand' else self.facet}/{self.code}/"


_SPELT: Final[Mapping[str, Callable[[Card], str]]] = {
    "brand": lambda card: card.brand,
    "collection": lambda card: card.collection,
}


@dataclass(frozen=True, slots=True)
class Landing:
    """What is seen of it, and no more: whatever else changes, its page stays as it is.

    `maker` is the brand whose watches alone are here, empty where there are several; `first` are
    in the order of the API; `index` has (slug, reference) of all, under their collection or
    brand; `foremost` are those of which there are most.
    """

    key: Key
    label: str
    maker: str
    total: int
    first: tuple[Card, ...]
    index: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    foremost: tuple[str, ...]
    lowest: tuple[int, str] | None

    @property
    def facet(self) -> str:
        return self.key.facet

    @property
    def code(self) -> str:
        return self.key.code


def keys_of(card: Card) -> Iterator[Key]:
    """The landings that the watch is part of."""
    for facet, code in zip(FACETS, card.codes, strict=True):
        if code:
            yield Key(facet, code)


def is_worth_finding(key: Key, count: int) -> bool:
    return key.facet == "brand" or count >= _WORTH_FINDING


def landing_of(key: Key, cards: Sequence[Card]) -> Landing:
    spelt = _SPELT.get(key.facet)
    titled = _collection if spelt else _brand
    return Landing(
        key,
        # One collection may be spelt in two ways: the same one of them every time.
        min(map(spelt, cards)) if spelt else LABELS[key.facet][key.code],
        cards[0].brand if spelt else "",
        len(cards),
        tuple(nsmallest(FIRST_PAGE, cards, key=lambda card: card.place)),
        _index(cards, titled),
        _foremost(cards, titled),
        _lowest(cards),
    )


def _brand(card: Card) -> str:
    return card.brand


def _collection(card: Card) -> str:
    return card.collection


def _index(
    cards: Sequence[Card], titled: Callable[[Card], str]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    ordered = sorted(cards, key=lambda card: (titled(card), card.collection_place))
    groups = groupby(ordered, key=titled)
    return tuple(
        (title, tuple((card.slug, card.reference) for card in members)) for title, members in groups
    )


def _foremost(cards: Sequence[Card], titled: Callable[[Card], str]) -> tuple[str, ...]:
    found = Counter(titled(card) for card in cards if titled(card))
    return tuple(sorted(found, key=lambda each: (-found[each], each))[:_FOREMOST])


def _lowest(cards: Sequence[Card]) -> tuple[int, str] | None:
    """In the currency that most prices are in."""
    prices = [(card.amount, card.currency) for card in cards if card.amount and card.currency]
    if not prices:
        return None
    counts = Counter(currency for _, currency in prices)
    usual = min(counts, key=lambda currency: (-counts[currency], currency))
    return min(price for price in prices if price[1] == usual)
