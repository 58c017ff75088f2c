"""The value of each facet that a watch has, fit for an address; empty where it has none."""

from collections.abc import Callable, Mapping
from typing import Final

from watchstore.domain.families import dial_family, material_family
from watchstore.service_layer.facets import UNKNOWN, collection_code, diameter_code
from watchstore.service_layer.queries import WatchPassport

_CODES: Final[Mapping[str, Callable[[WatchPassport], str]]] = {
    "brand": lambda watch: watch.brand_slug,
    "collection": lambda watch: collection_code(watch.brand, watch.collection),
    "dial": lambda watch: dial_family(watch.dial_colour).code,
    "case": lambda watch: material_family(watch.case_material).code,
    "movement": lambda watch: watch.movement or UNKNOWN,
    "diameter": lambda watch: diameter_code(watch.diameter_mm),
}
FACETS: Final = tuple(_CODES)
_NAMELESS: Final = frozenset({UNKNOWN, "other"})


def codes_of(watch: WatchPassport) -> tuple[str, ...]:
    """In the order of FACETS."""
    found = (code(watch) for code in _CODES.values())
    return tuple("" if code in _NAMELESS else code for code in found)
