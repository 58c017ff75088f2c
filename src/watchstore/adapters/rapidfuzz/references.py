"""Bare references: beginnings by bisection, pieces by one text scan, one error by bisection too."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORTEST_MISPRINT = 4
# Two errors in fewer characters would fit half the catalogue.
_SHORTEST_TWICE_WRONG = 7
_MOST_ERRORS = 2
_MOST_HOLDERS = 500
_HELD, _BEGUN = 0.95, 0.9


class ReferenceIndex:
    """Sorted references; costs grow with the fragment, hardly with the catalogue."""

    def __init__(self, references: Iterable[str]) -> None:
        self._sorted = tuple(sorted(set(references)))
        self._longest = max(map(len, self._sorted), default=0)
        self._text = "\n".join(self._sorted)
        self._starts = tuple(accumulate((len(each) + 1 for each in self._sorted), initial=0))

    def openings(self, fragment: str, limit: int) -> tuple[str, ...]:
        first = bisect_left(self._sorted, fragment)
        found = self._sorted[first : first + limit]
        return tuple(each for each in found if each.startswith(fragment))

    def near(self, fragment: str, limit: int) -> tuple[tuple[str, float], ...]:
        if len(fragment) > self._longest + _MOST_ERRORS:
            return ()
        found = dict.fromkeys(self._holding(fragment, limit), _HELD)
        if len(fragment) >= _SHORTEST_MISPRINT:
            found |= self._misprinted(fragment, limit)
        if not found and len(fragment) >= _SHORTEST_TWICE_WRONG:
            found = dict(self._twice_wrong(fragment, limit))
        return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0]))[:limit])

    def _holding(self, fragment: str, limit: int) -> Iterator[str]:
        place = self._text.find(fragment)
        while place >= 0 and limit:
            row = bisect_right(self._starts, place) - 1
            yield self._sorted[row]
            limit -= 1
            place = self._text.find(fragment, self._starts[row + 1])

    def _misprinted(self, fragment: str, limit: int) -> dict[str, float]:
        """References one error away from the fragment, whole or as a beginning."""
        nearness = 1 - 1 / (len(fragment) + 1)
        found: dict[str, float] = {}
        for variant in self._variants(fragment):
            for reference in self.openings(variant, limit):
                whole = reference == variant
                found[reference] = max(
                    found.get(reference, 0), nearness if whole else nearness * _BEGUN
                )
        return found

    def _variants(self, fragment: str) -> Iterator[str]:
        """Every string one error away that still may open a reference.

        The part before the error is intact: once no reference begins so, later errors are moot.
        """
        for place in range(len(fragment) + 1):
            head, tail = fragment[:place], fragment[place:]
            if not self.openings(head, 1):
                return
            yield from (head + letter + tail for letter in _LETTERS)
            yield from (head + letter + tail[1:] for letter in _LETTERS if tail)
            yield head + tail[1:]
            yield head + tail[1:2] + tail[:1] + tail[2:]

    def _twice_wrong(self, fragment: str, limit: int) -> Iterator[tuple[str, float]]:
        """Two errors leave one third of the fragment intact: only its holders are compared."""
        third = len(fragment) // 3
        pieces = (fragment[:third], fragment[third : 2 * third], fragment[2 * third :])
        holders = {each for piece in pieces for each in self._holding(piece, _MOST_HOLDERS)}
        found = process.extract(
            fragment, sorted(holders), scorer=OSA.distance, score_cutoff=_MOST_ERRORS, limit=limit
        )
        for reference, distance, _ in found:
            yield reference, 1 - distance / (len(fragment) + 1)
