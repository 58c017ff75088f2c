"""The facets of a listing: which values a watch has of each, and how a value is called.

Ranges include their lower edge and not their upper one. Values are codes fit for an address.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from watchstore.domain.families import DialFamily, MaterialFamily, dial_family, material_family
from watchstore.domain.identifiers import Slug
from watchstore.domain.money import CURRENCIES, Currency
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


def _range_of(value: Decimal | float | None, edges: Sequence[int]) -> str:
    return UNKNOWN if value is None else _range_codes(edges)[bisect_right(edges, value)]


def _range_labels(edges: Sequence[int], unit: str, prefix: str = "") -> dict[str, str]:
    between = (f"{low:,} to {high:,} {unit}" for low, high in pairwise(edges))
    labels = (f"Under {edges[0]:,} {unit}", *between, f"From {edges[-1]:,} {unit}")
    codes = (f"{prefix}{code}" for code in _range_codes(edges))
    return dict(zip(codes, labels, strict=True))


def diameter_code(diameter_mm: Decimal | float | None) -> str:
    return _range_of(diameter_mm, _DIAMETERS)


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


def facets_of(watch: Watch, offers: Sequence[Offer]) -> Mapping[str, tuple[str, ...]]:
    """The values of every facet but availability, which changes with each sale."""
    facts = watch.specification
    return {
        "brand": (Slug.of(watch.brand).text,),
        "collection": (collection_code(watch.brand, watch.collection),),
        "movement": (facts.movement.value if facts.movement else UNKNOWN,),
        "case": (material_family(facts.case_material).code,),
        "dial": (dial_family(facts.dial_colour).code,),
        "diameter": (diameter_code(facts.diameter_mm),),
        "water": (_range_of(facts.water_resistance_m, _DEPTHS),),
        "price": _prices(offers),
        "condition": tuple(sorted({offer.condition.value for offer in offers})),
        "year": (str(facts.first_year) if facts.first_year else UNKNOWN,),
    }


def _words(values: Iterable[str]) -> dict[str, str]:
    return {value: value.replace("_", " ").replace("-", " ").capitalize() for value in values}


def _price_labels() -> dict[str, str]:
    labels = {
        code: label
        for currency in CURRENCIES
        for code, label in _range_labels(_PRICES, currency, f"{currency.lower()}-").items()
    }
    return {**labels, ON_REQUEST: "On request"}


_UNKNOWN: Final = {UNKNOWN: "Not stated"}
# What values are called, in the order in which they stand. Brands and collections are called as
# the catalogue spells them, years by themselves.
LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "movement": {**_words(Movement), **_UNKNOWN},
    "case": {family.code: family.label for family in MaterialFamily},
    "dial": {family.code: family.label for family in DialFamily},
    "diameter": {**_range_labels(_DIAMETERS, "mm"), **_UNKNOWN},
    "water": {**_range_labels(_DEPTHS, "m"), **_UNKNOWN},
    "price": _price_labels(),
    "condition": {**_words(Condition), Condition.PRE_OWNED: "Pre-owned"},
    "availability": _words(Availability),
    "year": _UNKNOWN,
    "collection": _UNKNOWN,
}
# These stand by how many watches they have, the others as in LABELS.
BY_COUNT: Final = frozenset({"brand", "collection", "case", "dial"})
