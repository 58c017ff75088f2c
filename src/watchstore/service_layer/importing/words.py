"""Words of a fixed list, in the spellings of makers, dealers and collectors."""

import re
from collections.abc import Mapping
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.domain.offer import Condition
from watchstore.domain.watch import Movement, Publication

_MOVEMENTS: Final = (
    (Movement.AUTOMATIC, r"auto|automatic|self-? ?winding|self-? ?wound"),
    (Movement.MANUAL, r"manual|manually|hand-? ?wound|hand-? ?winding|hand-? ?wind"),
    (Movement.QUARTZ, r"quartz|battery"),
    (Movement.SOLAR, r"solar|eco-?drive|light-powered"),
    (Movement.OTHER, r"other|spring drive|tuning fork"),
)
_CALIBRE: Final = re.compile(r"\bcalib(?:er|re)\s+(\S+)", re.IGNORECASE)
_CONDITIONS: Final[Mapping[str, Condition]] = {
    **{condition.value.replace("_", " "): condition for condition in Condition},
    "brand new": Condition.NEW,
    "unused": Condition.UNWORN,
    "used": Condition.PRE_OWNED,
    "preowned": Condition.PRE_OWNED,
    "second hand": Condition.PRE_OWNED,
}
_YES: Final = {"yes", "y", "true", "1", "x"}
_NO: Final = {"", "no", "n", "false", "0"}


def movement(cell: str) -> Movement | None:
    """None where the text names a calibre and does not say how it is driven."""
    text = cell.casefold()
    found = {kind for kind, words in _MOVEMENTS if re.search(rf"\b(?:{words})\b", text)}
    if found == {Movement.SOLAR, Movement.QUARTZ}:
        return Movement.SOLAR
    if len(found) > 1:
        raise InvalidValue("movement", f"{short(cell)} says {' and '.join(sorted(found))}")
    if not found and not _CALIBRE.search(cell):
        known = ", ".join(Movement)
        raise InvalidValue("movement", f"{short(cell)} is none of {known}")
    return found.pop() if found else None


def calibre_within(cell: str) -> str:
    """`Longines caliber L593 Hours, Minutes` -> `L593`."""
    found = _CALIBRE.search(cell)
    return found[1].rstrip(",;") if found else ""


def condition(cell: str) -> Condition:
    words = " ".join(re.split(r"[\s_-]+", cell.casefold().strip()))
    if words not in _CONDITIONS:
        known = ", ".join(Condition)
        raise InvalidValue("condition", f"{short(cell)} is none of {known}")
    return _CONDITIONS[words]


def publication(cell: str) -> Publication:
    try:
        return Publication(cell.casefold())
    except ValueError:
        known = ", ".join(Publication)
        raise InvalidValue("publication", f"{short(cell)} is none of {known}") from None


def yes(cell: str) -> bool:
    if cell.casefold() not in _YES | _NO:
        raise InvalidValue("cell", f"{short(cell)} is neither yes nor no")
    return cell.casefold() in _YES


def short(cell: str) -> str:
    """A cell as a report quotes it."""
    return repr(cell if len(cell) <= 40 else f"{cell[:37]}...")
