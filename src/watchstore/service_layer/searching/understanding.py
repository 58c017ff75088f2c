"""Query understanding: from what was typed to what a watch must hold, before any SQL runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from watchstore.service_layer.queries.catalogue import LONGEST_QUERY
from watchstore.service_layer.searching.reading import EXACT, Reading, read
from watchstore.service_layer.searching.spans import Alternative
from watchstore.service_layer.searching.text import tokens
from watchstore.service_layer.searching.vocabulary import Speller

MAX_TOKENS = 12
# One unit of coverage outweighs every sum of points: 12 terms x 26 x 120 x 10.
COVERAGE = 1_000_000
SURE, DOUBTFUL = 3, 2
# A guess of this quality says next to nothing.
DUBIOUS = 40
_FACTOR = {"A": 10, "B": 9, "C": 8}


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a term's ladder: what it gives when one of its words is in the document.

    A word counts with this weight class only; with `prefix`, any word that begins so counts.
    In SQL: `WHEN document @@ 'a:A | b:A' THEN value`, or `'a':*A` for a prefix.
    """

    value: int
    words: tuple[str, ...]
    weight: str
    prefix: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A typed word and its ladder, best step first: the first step that holds gives the value."""

    text: str
    steps: tuple[Step, ...]
    optional: bool

    @property
    def sure(self) -> tuple[Step, ...]:
        """The steps of which a full hit meets one (none are asked for when optional)."""
        return () if self.optional else tuple(step for step in self.steps if step.sure)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What to look for. `full` is the coverage of a watch that holds every term for sure."""

    terms: tuple[Term, ...]
    full: int


def understand(text: str, speller: Speller, *, typing: bool = False) -> Understanding:
    """Understand a query; while typing, the last word may be the beginning of a longer one."""
    typed = tokens(text[:LONGEST_QUERY])[:MAX_TOKENS]
    readings = read(typed, speller, typing=typing)
    terms = tuple(_term(reading, speller.watches) for reading in readings)
    full = sum(SURE * _worth(each, speller.watches) for each in readings if not each.optional)
    return Understanding(terms, full)


def _worth(reading: Reading, watches: int) -> int:
    """Rare words say more, by a step for each halving of the watches named; guesses say less."""
    worth = 1 + (watches // max(reading.frequency, 1)).bit_length()
    if not reading.guessed:
        return worth
    best = max(way.quality for way in reading.alternatives)
    return max(1, worth * (best - DUBIOUS) // (EXACT - DUBIOUS))


def _term(reading: Reading, watches: int) -> Term:
    worth = _worth(reading, watches)
    rungs: dict[tuple[int, str, bool, bool], list[str]] = {}
    for way in _best(reading.alternatives):
        coverage = 0 if reading.optional else worth * (SURE if way.sure else DOUBTFUL) * COVERAGE
        for weight in way.weights:
            value = coverage + worth * way.quality * _FACTOR[weight]
            rungs.setdefault((value, weight, way.prefix, way.sure), []).append(way.word)
    return Term(
        reading.text,
        tuple(
            Step(value, tuple(sorted(found)), weight, prefix, sure)
            for (value, weight, prefix, sure), found in sorted(rungs.items(), reverse=True)
        ),
        reading.optional,
    )


def _best(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """Each word in its best role only."""
    best: dict[tuple[str, bool], Alternative] = {}
    for way in sorted(alternatives, key=lambda way: (way.sure, way.quality)):
        best[way.word, way.prefix] = way
    return list(best.values())
