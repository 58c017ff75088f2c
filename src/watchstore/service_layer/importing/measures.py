"""Sizes, depths, hours and years, with the units and doubts that people write beside them."""

import re
from decimal import Decimal
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.importing.words import short

_NUMBER: Final = r"([0-9]{1,5}(?:[.,][0-9]{1,2})?)"
_SIZE: Final = re.compile(rf"{_NUMBER}\s*(?:mm)?(?:\s*/\s*{_NUMBER}\s*(?:mm)?)?", re.IGNORECASE)
_DEPTH: Final = re.compile(rf"{_NUMBER}\s*(m|metres|meters|atm|bar)?\.?", re.IGNORECASE)
_HOURS: Final = re.compile(rf"{_NUMBER}\s*(?:h|hours|hrs)?", re.IGNORECASE)
_END: Final = r"[0-9]{1,4}|\?+|present|today"
_YEAR: Final = re.compile(rf"([0-9]{{4}})\s*(?:[-/\u2013]\s*(?:{_END})?)?", re.IGNORECASE)
_METRES_EACH: Final = {"atm": 10, "bar": 10}


def size(cell: str) -> tuple[Decimal, Decimal | None]:
    """`38.4/9.8` -> diameter and thickness in mm."""
    found = _SIZE.fullmatch(cell)
    if found is None:
        raise InvalidValue("diameter", f"{short(cell)} is not a size such as 38.5 or 38.5/9.8")
    return _decimal(found[1]), _decimal(found[2]) if found[2] else None


def millimetres(cell: str) -> Decimal:
    diameter, thickness = size(cell)
    if thickness is not None:
        raise InvalidValue("size", f"{short(cell)} is more than one size")
    return diameter


def depth(cell: str) -> int:
    """`10 ATM` -> 100 metres."""
    found = _DEPTH.fullmatch(cell)
    if found is None:
        raise InvalidValue("water", f"{short(cell)} is not a depth such as 100 m or 10 bar")
    return _whole(_decimal(found[1]) * _METRES_EACH.get((found[2] or "").casefold(), 1), "metres")


def hours(cell: str) -> int:
    found = _HOURS.fullmatch(cell)
    if found is None:
        raise InvalidValue("hours", f"{short(cell)} is not a number of hours")
    return _whole(_decimal(found[1]), "hours")


def first_year(cell: str) -> int:
    """`2006-2007`, `2002-??`, `2016/12` -> the year that comes first."""
    found = _YEAR.fullmatch(cell)
    if found is None:
        raise InvalidValue("year", f"{short(cell)} is not a year such as 2006 or 2006-2007")
    return int(found[1])


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _whole(value: Decimal, unit: str) -> int:
    if value != value.to_integral_value():
        raise InvalidValue(unit, f"must be whole {unit}")
    return int(value)
