"""The facets of a listing: which values a watch has of each, and how a value is called.

Ranges include their lower edge and not their upper one. Values are codes fit for an address.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from watchstore.domain.families import DialFamily, MaterialFamily, dial_family, material_family
from watchstore.domain.identifiers import Slug
from watchstore.domain.money import Currency
from watchstore.domain.offer import Condition, Offer
from watchstore.domain.watch import Movement, Watch
from watchstore.service_layer.queries import Availability

UNKNOWN: Final = "unknown"
ON_REQUEST: Final = "on-request"
_DIAMETERS: Final = (34, 36, 38, 40, 42, 44, 46)
_DEPTHS: Final = (50, 100, 200, 300, 600)
_PRICES: Final = (500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)


def _range_codes(edges: Sequence[int]) -> tuple[str, ...]:
    between = (f"{low}-{high}" for low, high in pairwise(edges))
    return (f"under-{edges[0]}", *between, f"from-{edges[-1]}")


def _range_of(value: Decimal | int | None, edges: Sequence[int]) -> str:
    return UNKNOWN if value is None else _range_codes(edges)[bisect_right(edges, value)]


def _range_label(code: str, unit: str) -> str:
    words = code.replace("under-", "under ").replace("from-", "from ").replace("-", " to ")
    figures = " ".join(f"{int(word):,}" if word.isdigit() else word for word in words.split())
    return f"{figures} {unit}"


def collection_code(brand: str, collection: str) -> str:
    return Slug.of(brand, collection).text if collection else UNKNOWN


def _price_codes(currency: Currency) -> tuple[str, ...]:
    return tuple(f"{currency.code.lower()}-{code}" for code in _range_codes(_PRICES))


def _prices(offers: Sequence[Offer]) -> tuple[str, ...]:
    found = {
        _price_codes(price.currency)[bisect_right(_PRICES, price.decimal)]
        for price in (offer.price for offer in offers)
    }
    return tuple(sorted(found)) or (ON_REQUEST,)


def _price_label(code: str) -> str:
    currency, _, bounds = code.partition("-")
    return _range_label(bounds, currency.upper())


def facets_of(watch: Watch, offers: Sequence[Offer]) -> Mapping[str, tuple[str, ...]]:
    """The values of every facet but availability, which changes with each sale."""
    facts = watch.specification
    return {
        "brand": (Slug.of(watch.brand).text,),
        "collection": (collection_code(watch.brand, watch.collection),),
        "movement": (facts.movement.value if facts.movement else UNKNOWN,),
        "case": (material_family(facts.case_material).code,),
        "dial": (dial_family(facts.dial_colour).code,),
        "diameter": (_range_of(facts.diameter_mm, _DIAMETERS),),
        "water": (_range_of(facts.water_resistance_m, _DEPTHS),),
        "price": _prices(offers),
        "condition": tuple(sorted({offer.condition.value for offer in offers})),
        "year": (str(facts.first_year) if facts.first_year else UNKNOWN,),
    }


@dataclass(frozen=True, slots=True)
class Naming:
    """How the values of a facet are called and in which order they stand; by count if in none."""

    label: Callable[[str], str]
    order: tuple[str, ...] = ()


def _words(code: str) -> str:
    return code.replace("_", " ").replace("-", " ").capitalize()


_AVAILABILITIES: Final = {
    Availability.IN_STOCK.value: "In stock",
    Availability.RESERVED.value: "Reserved",
    Availability.SOLD_OUT.value: "Sold out",
    Availability.ON_REQUEST.value: "On request",
}
# Brands and collections are called as the catalogue spells them.
NAMINGS: Final[Mapping[str, Naming]] = {
    "movement": Naming(_words, (*Movement,)),
    "case": Naming({family.code: family.label for family in MaterialFamily}.__getitem__),
    "dial": Naming({family.code: family.label for family in DialFamily}.__getitem__),
    "diameter": Naming(lambda code: _range_label(code, "mm"), _range_codes(_DIAMETERS)),
    "water": Naming(lambda code: _range_label(code, "m"), _range_codes(_DEPTHS)),
    "price": Naming(_price_label, ()),
    "condition": Naming(_words, (*Condition,)),
    "availability": Naming(_AVAILABILITIES.__getitem__, tuple(_AVAILABILITIES)),
    "year": Naming(str),
}
