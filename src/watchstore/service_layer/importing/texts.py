"""How columns of free text are understood: words for "not known", short names of metals."""

import re
from collections.abc import Mapping
from typing import Final

from watchstore.service_layer.importing.escaping import Understand

_UNKNOWN: Final = re.compile(r"\?+|n/a|-|\u2013|\u2014|unknown|see notes", re.IGNORECASE)
_METALS: Final = {
    "YG": "Yellow Gold",
    "WG": "White Gold",
    "RG": "Rose Gold",
    "PG": "Pink Gold",
    "HG": "Honey Gold",
    "PT": "Platinum",
    "SS": "Stainless Steel",
}
_ALSO_KNOWN_AS: Final = re.compile(r"\s*\(\s*aka\b.*", re.IGNORECASE)


def stated(text: str) -> str:
    """The text, empty when it only says that nothing is known."""
    return "" if _UNKNOWN.fullmatch(text) else text


def material(text: str) -> str:
    """`YG w/54 brilliants` -> `Yellow Gold w/54 brilliants`."""
    first, blank, rest = stated(text).partition(" ")
    return _METALS.get(first, first) + blank + rest


def first_reference(text: str) -> str:
    """`L4.708.2.31.7 (aka: L47082317)` -> `L4.708.2.31.7`."""
    return _ALSO_KNOWN_AS.sub("", text)


def as_written(text: str) -> str:
    return text


UNDERSTOOD: Final[Mapping[str, Understand]] = {
    "brand": as_written,
    "reference": first_reference,
    "name": stated,
    "collection": stated,
    "calibre": stated,
    "case_material": material,
    "dial_colour": stated,
    "bracelet_material": stated,
    "crystal": stated,
    "complications": stated,
}
