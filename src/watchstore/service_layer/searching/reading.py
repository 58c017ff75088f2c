"""Reading a query word by word: all that each typed word may stand for, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from watchstore.service_layer.searching.spans import (
    HELD,
    Alternative,
    is_fragment,
    shared_alternatives,
)
from watchstore.service_layer.searching.vocabulary import Speller

# Typed out of politeness: a watch may lack them, and "rolex watch" must not find a Swatch.
NOISE = (
    frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "with", "no", "nr"))
    | frozenset(("watch", "watches", "wristwatch", "ref", "reference", "referenz"))
    | frozenset(("mit", "und", "der", "die", "das", "uhr", "uhren", "et", "le", "la", "les"))
    | frozenset(("un", "une", "montre", "montres"))
)
EXACT, OPENING, COMPLETED, ALIKE = 100, 85, 75, 80
SHORTEST_BEGINNING, LONG_BEGINNING, SHORTEST_HALF = 2, 4, 3
LIMIT = 16
GOOD_GUESS, WORTH_A_DOUBT = 66, 60
# How much worse than the nearest word another may be and still be meant for sure.
MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed word, how many watches it may name, and all it may stand for.

    An optional word lifts the watches that hold it; the others are hits all the same.
    """

    text: str
    frequency: int
    alternatives: tuple[Alternative, ...]
    optional: bool = False
    guessed: bool = False


def read(typed: Sequence[str], speller: Speller, *, typing: bool) -> list[Reading]:
    """One reading per word that can be made sense of; the others are left out."""
    shared = shared_alternatives(typed, speller)
    polite = [not shared[place] and _is_noise(word) for place, word in enumerate(typed)]
    readings: list[Reading] = []
    for place, word in enumerate(typed):
        if word in typed[:place]:
            continue
        if polite[place] and not all(polite):
            readings += _read_noise(word, speller)
        else:
            unfinished = typing and place == len(typed) - 1
            readings += _read_word(word, shared[place], speller, unfinished=unfinished)
    if all(each.optional for each in readings):
        return [replace(each, optional=False) for each in readings]
    return readings


def _is_noise(word: str) -> bool:
    return word in NOISE or (len(word) == 1 and word.isalpha())


def _read_noise(word: str, speller: Speller) -> list[Reading]:
    if not (frequency := speller.frequency(word)):
        return []
    return [Reading(word, frequency, (Alternative(word, EXACT),), optional=True)]


def _read_word(
    word: str, shared: Sequence[Alternative], speller: Speller, *, unfinished: bool
) -> list[Reading]:
    known = [*shared, *_as_typed(word, speller)]
    if unfinished:
        known += _completed(word, speller)
    if any(way.sure for way in known):
        return [_reading(word, [*known, *_doubted(_guesses(word, speller))], speller)]
    guesses = [*known, *_guesses(word, speller), *_misprinted(word, speller)]
    if max((way.quality for way in guesses), default=0) < GOOD_GUESS:
        halves = _halves(word, speller)
        if halves:
            return [_reading(half, _as_typed(half, speller), speller) for half in halves]
    begun = len(word) >= LONG_BEGINNING and any(way.prefix for way in guesses)
    return [replace(_reading(word, guesses, speller), guessed=not begun)] if guesses else []


def _reading(word: str, ways: Sequence[Alternative], speller: Speller) -> Reading:
    frequency = speller.frequency(word) or max(
        (_frequency(way, speller) for way in ways if way.sure), default=1
    )
    return Reading(word, frequency, tuple(ways))


def _frequency(way: Alternative, speller: Speller) -> int:
    if not way.prefix:
        return speller.frequency(way.word)
    longer = speller.completions(way.word, LIMIT)
    return speller.frequency(way.word) + sum(frequency for _, frequency in longer)


def _as_typed(word: str, speller: Speller) -> list[Alternative]:
    ways = []
    if speller.frequency(word):
        ways.append(Alternative(word, EXACT))
    if is_fragment(word) and speller.openings(word.upper(), 1):
        ways.append(Alternative(word, OPENING, prefix=True, weights="A"))
    return ways


def _guesses(word: str, speller: Speller) -> list[Alternative]:
    """What a word may mean beside itself: a longer word, or a similar one."""
    completed = _completed(word, speller) if len(word) >= SHORTEST_BEGINNING else []
    alike = speller.similar(word, LIMIT)
    nearest = max((similarity for _, similarity in alike), default=0)
    spelt = [
        Alternative(
            found,
            round(similarity * ALIKE) + min(speller.frequency(found).bit_length() // 2, 4),
            sure=not completed and similarity >= nearest - MARGIN,
        )
        for found, similarity in alike
    ]
    return [*completed, *spelt]


def _completed(word: str, speller: Speller) -> list[Alternative]:
    if not speller.completions(word, 1):
        return []
    return [Alternative(word, COMPLETED, prefix=True)]


def _misprinted(word: str, speller: Speller) -> list[Alternative]:
    if not is_fragment(word):
        return []
    return [
        Alternative(found.lower(), round(similarity * HELD), weights="A")
        for found, similarity in speller.references(word.upper(), LIMIT)
    ]


def _doubted(ways: Sequence[Alternative]) -> list[Alternative]:
    """Beside a known word only a single error is worth a doubt."""
    return [replace(way, sure=False) for way in ways if way.quality >= WORTH_A_DOUBT]


def _halves(word: str, speller: Speller) -> tuple[str, str] | None:
    """Two known words typed as one: `blackbay`, `gmtmaster2`."""
    cuts = [
        (min(speller.frequency(word[:cut]), speller.frequency(word[cut:])), cut)
        for cut in range(1, len(word))
        if _may_part(word[:cut], word[cut:])
    ]
    best, cut = max(cuts, default=(0, 0))
    return (word[:cut], word[cut:]) if best else None


def _may_part(left: str, right: str) -> bool:
    """Letters part anywhere, or from digits; a number is never taken to pieces."""
    if left.isalpha() and right.isalpha():
        return min(len(left), len(right)) >= SHORTEST_HALF
    return (left.isalpha() and right[0].isdigit()) or (left.isdigit() and right.isalpha())
