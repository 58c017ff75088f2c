"""Neighbouring words read as one: `5711 1a`, `sea master`, `40 mm`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchstore.service_layer.searching.text import has_digit
from watchstore.service_layer.searching.vocabulary import Speller

JOINED, HELD = 110, 70
LONGEST_WORD_SPAN, LONGEST_SPAN = 3, 9
SHORTEST_FRAGMENT, SHORTEST_RUN, SHORTEST_JOINED = 3, 4, 4
# A long run that almost is a reference is meant as one, whatever its pieces mean elsewhere.
LONG_RUN = 7
LONG_OPENING = 5
LONGEST_LETTERS = 3
LIMIT = 16


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word (or a beginning of words) that satisfies what was typed; quality in per cent."""

    word: str
    quality: int
    sure: bool = True
    prefix: bool = False
    weights: str = "ABC"


def is_fragment(word: str) -> bool:
    """Whether this may be a piece of a reference."""
    return len(word) >= SHORTEST_FRAGMENT and has_digit(word)


def shared_alternatives(typed: Sequence[str], speller: Speller) -> list[list[Alternative]]:
    """For each typed word, what it stands for together with its neighbours."""
    shared: list[list[Alternative]] = [[] for _ in typed]
    for start, end in _spans(len(typed)):
        for way in _joined(typed[start:end], speller):
            for place in range(start, end):
                shared[place].append(way)
    for start, end in _runs(typed):
        for place, ways in enumerate(_misprinted(typed[start:end], speller), start):
            shared[place] += ways
    return shared


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for start in range(length):
        for end in range(start + 2, min(start + LONGEST_SPAN, length) + 1):
            yield start, end


def _joined(span: Sequence[str], speller: Speller) -> Iterator[Alternative]:
    joined = "".join(span)
    if len(span) <= LONGEST_WORD_SPAN and speller.frequency(joined):
        yield Alternative(joined, JOINED)
    reference_like = len(joined) >= SHORTEST_JOINED and has_digit(joined)
    if reference_like and speller.openings(joined.upper(), 1):
        yield Alternative(joined, JOINED, prefix=True, weights="A")


def _runs(typed: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest stretches that look like one reference typed in pieces."""
    start = 0
    for place, word in enumerate([*typed, ""]):
        if word and (has_digit(word) or len(word) <= LONGEST_LETTERS):
            continue
        joined = "".join(typed[start:place])
        if place - start > 1 and len(joined) >= SHORTEST_RUN and has_digit(joined):
            yield start, place
        start = place + 1


def _misprinted(run: Sequence[str], speller: Speller) -> Iterator[list[Alternative]]:
    """References near the whole run: meant for sure when it is long or nothing else is meant."""
    joined = "".join(run).upper()
    # A piece may be a reference of its own, as in `datejust 41 126300`: then it is right.
    right = tuple(word.upper() for word in run if _opens(word, speller))
    found = [] if speller.openings(joined, 1) else speller.references(joined, LIMIT)
    for word in run:
        known = speller.frequency(word) or speller.openings(word.upper(), 1)
        sure = len(joined) >= LONG_RUN or not known
        yield [
            Alternative(reference.lower(), round(similarity * HELD), sure=sure, weights="A")
            for reference, similarity in found
            if reference.startswith(right or "")
        ]


def _opens(word: str, speller: Speller) -> bool:
    return len(word) >= LONG_OPENING and bool(speller.openings(word.upper(), 1))
