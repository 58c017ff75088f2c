"""The in-memory twin of the tsvector column: which documents hold a word, by weight."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from watchstore.service_layer.searching.document import SearchDocument
from watchstore.service_layer.searching.ranking import best_tier, tier
from watchstore.service_layer.searching.understanding import Step, Term, Understanding

Key = TypeVar("Key")


class DocumentIndex(Generic[Key]):
    """Scores only documents that hold a word of the query; the same hits as `ranking.hits`."""

    def __init__(self, documents: Iterable[tuple[Key, SearchDocument]]) -> None:
        self._keys: list[Key] = []
        self._holders: Mapping[tuple[str, str], list[int]] = defaultdict(list)
        for place, (key, document) in enumerate(documents):
            self._keys.append(key)
            for word, weight in document.words.items():
                self._holders[word, weight].append(place)
        self._sorted = sorted({word for word, _ in self._holders})

    def hits(self, understanding: Understanding) -> list[tuple[Key, int]]:
        totals: dict[int, int] = defaultdict(int)
        for term in understanding.terms:
            for place, value in self._values(term).items():
                totals[place] += value
        scored = sorted((place, value) for place, value in totals.items() if tier(value))
        return [(self._keys[place], value) for place, value in best_tier(scored)]

    def _values(self, term: Term) -> dict[int, int]:
        values: dict[int, int] = {}
        for step in term.steps:
            for place in self._met(step):
                values.setdefault(place, step.value)
        return values

    def _met(self, step: Step) -> Iterator[int]:
        for word in step.words:
            for held in self._begun(word) if step.prefix else (word,):
                yield from self._holders.get((held, step.weight), ())

    def _begun(self, beginning: str) -> list[str]:
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, beginning + "\U0010ffff")
        return self._sorted[first:last]
