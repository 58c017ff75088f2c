"""Queries as people type them, made from the catalogue by seeded rules, with known answers.

A base query names watches correctly; its answers are all watches whose document holds every one
of its words, found by brute force. Then a rule spoils the typing, never the answers.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from tests.search import spoiling
from tests.search.catalogue import documents, watches
from tests.search.spoiling import Rule

from watchstore.domain.identifiers import Reference
from watchstore.service_layer.searching.document import WatchText
from watchstore.service_layer.searching.text import fold, tokens

PER_CELL = 10
SHORTEST_SPOILT = 4
# From this many words on, two of them go wrong.
LONG = 4

REFERENCE_RULES: dict[str, Rule] = {
    "dropped": spoiling.dropped,
    "swapped": spoiling.swapped,
    "doubled": spoiling.doubled,
    "mistaken": spoiling.mistaken,
    "cut short": spoiling.cut_short,
    "unpunctuated": spoiling.unpunctuated,
    "spaced": spoiling.spaced,
    "broken": spoiling.broken,
}
WORD_RULES: dict[str, Rule] = {
    "dropped": spoiling.dropped,
    "swapped": spoiling.swapped,
    "doubled": spoiling.doubled,
    "mistaken": spoiling.mistaken,
    "dropped and doubled": spoiling.dropped_and_doubled,
    "cut short": spoiling.cut_short,
}
PHRASE_RULES: dict[str, Rule] = {
    "unpunctuated": spoiling.unpunctuated,
    "spaced": spoiling.spaced,
    "unaccented": spoiling.unaccented,
    "respelt": spoiling.respelt,
}


@dataclass(frozen=True, slots=True)
class Base:
    """Words that name watches correctly and, in some kinds, a reference to end with."""

    words: tuple[str, ...]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    kind: str
    rule: str
    base: str
    text: str
    answers: frozenset[int]


def queries(seed: int = 1735, per_cell: int = PER_CELL) -> Iterator[Query]:
    """As many for every kind of base and every rule, brands drawn evenly."""
    chance = random.Random(seed)
    for kind, base_of in KINDS.items():
        rules = REFERENCE_RULES if "reference" in kind else WORD_RULES | PHRASE_RULES
        for name, rule in {**rules, "shuffled": spoiling.unaccented}.items():
            bases = _bases(base_of, chance, spoilt="reference" in kind or name in WORD_RULES)
            for _ in range(per_cell):
                yield _query(kind, name, rule, next(bases), chance)


def _bases(
    base_of: Callable[[WatchText, random.Random], Base], chance: random.Random, *, spoilt: bool
) -> Iterator[Base]:
    """Bases with something to spoil; small brands come as often as large ones."""
    by_brand: dict[str, list[WatchText]] = defaultdict(list)
    for watch in watches():
        by_brand[watch.brand].append(watch)
    for brand in cycle(chance.sample(sorted(by_brand), len(by_brand))):
        base = base_of(chance.choice(by_brand[brand]), chance)
        if base.reference or (base.words and (_spoilable(base.words) or not spoilt)):
            yield base


def _query(kind: str, name: str, rule: Rule, base: Base, chance: random.Random) -> Query:
    words, reference, right = list(base.words), base.reference, answers(base)
    if name in PHRASE_RULES or name == "shuffled":
        words, reference = [rule(word, chance) for word in words], rule(reference, chance)
    else:
        words = _spoil(words, rule, chance)
        reference = rule(reference, chance) if reference else ""
    if reference and name == "cut short":
        right = answers(Base(base.words, reference), cut=True)
    typed = [*words, reference] if reference else words
    if name == "shuffled":
        chance.shuffle(typed)
    return Query(kind, name, " ".join((*base.words, base.reference)), " ".join(typed), right)


def _spoil(words: list[str], rule: Rule, chance: random.Random) -> list[str]:
    places = _spoilable(words)
    wrong = chance.sample(places, min(len(places), 2 if len(words) >= LONG else 1))
    return [rule(word, chance) if place in wrong else word for place, word in enumerate(words)]


def _spoilable(words: Sequence[str]) -> list[int]:
    return [
        place
        for place, word in enumerate(words)
        if fold(word).isalpha() and len(word) >= SHORTEST_SPOILT
    ]


def answers(base: Base, *, cut: bool = False) -> frozenset[int]:
    """All watches that hold every word; a reference is one word, whatever its punctuation."""
    asked = {token for word in base.words for token in tokens(word)}
    reference = Reference(base.reference).bare
    return frozenset(
        place
        for place, document in enumerate(documents())
        if asked <= document.words.keys()
        and (
            document.reference.startswith(reference)
            if cut or not reference
            else reference.lower() in document.words
        )
    )


def _split(text: str) -> list[str]:
    return [word for word in text.split() if tokens(word)]


def _some(text: str, most: int, chance: random.Random) -> tuple[str, ...]:
    """Some words of a text in their order, none that is noise."""
    found = [word for word in _split(text) if len(tokens(word)[0]) > 1 or word.isdigit()]
    kept = sorted(chance.sample(range(len(found)), min(most, len(found))))
    return tuple(found[place] for place in kept)


def _reference(watch: WatchText, _: random.Random) -> Base:
    return Base((), watch.reference)


def _brand_reference(watch: WatchText, _: random.Random) -> Base:
    return Base(tuple(_split(watch.brand)), watch.reference)


def _collection_reference(watch: WatchText, _: random.Random) -> Base:
    return Base(tuple(_split(watch.collection)), watch.reference)


def _brand_collection(watch: WatchText, _: random.Random) -> Base:
    return Base(tuple(_split(f"{watch.brand} {watch.collection}")))


def _brand_collection_name(watch: WatchText, chance: random.Random) -> Base:
    name = _some(watch.name, 3, chance)
    return Base((*_split(f"{watch.brand} {watch.collection}"), *name))


def _name(watch: WatchText, chance: random.Random) -> Base:
    return Base(_some(watch.name, 4, chance))


def _looks(watch: WatchText, _: random.Random) -> Base:
    return Base(tuple(_split(f"{watch.brand} {watch.case_material} {watch.dial_colour}")))


KINDS: dict[str, Callable[[WatchText, random.Random], Base]] = {
    "reference": _reference,
    "brand and reference": _brand_reference,
    "collection and reference": _collection_reference,
    "brand and collection": _brand_collection,
    "brand, collection and name": _brand_collection_name,
    "name": _name,
    "looks": _looks,
}
