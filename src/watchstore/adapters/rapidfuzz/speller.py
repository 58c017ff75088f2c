"""A speller over one version of the catalogue's vocabulary; built once, then only read."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from watchstore.adapters.rapidfuzz.references import ReferenceIndex
from watchstore.service_layer.searching.vocabulary import Vocabulary

_AFTER = "\U0010ffff"
# How many typing errors a word of this length may hold.
_ERRORS = ((3, 0), (5, 1), (9, 2))
_MOST_ERRORS = 3
_SHORTEST_BEGINNING = 4
# A beginning that fits more words than this says too little to weigh them all.
_MOST_COMPLETIONS = 400
_BEGINNING = 0.7


class RapidfuzzSpeller:
    """Words by bisection and edit distance, references by `ReferenceIndex`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._frequencies: Mapping[str, int] = dict(vocabulary.words)
        self._sorted = tuple(sorted(self._frequencies))
        self._by_length = _by_length(word for word in self._sorted if word.isalpha())
        self._references = ReferenceIndex(vocabulary.references)
        self._watches = vocabulary.watches

    @property
    def watches(self) -> int:
        return self._watches

    def frequency(self, word: str) -> int:
        return self._frequencies.get(word, 0)

    def completions(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        first = bisect_left(self._sorted, prefix)
        last = min(bisect_left(self._sorted, prefix + _AFTER), first + _MOST_COMPLETIONS)
        longer = [
            (word, self._frequencies[word]) for word in self._sorted[first:last] if word != prefix
        ]
        return tuple(sorted(longer, key=lambda found: (-found[1], found[0]))[:limit])

    def similar(self, word: str, limit: int) -> tuple[tuple[str, float], ...]:
        if not word.isalpha():
            return ()
        near = dict(self._near(word))
        if len(word) >= _SHORTEST_BEGINNING and not near:
            near = dict(self._nearly_begun(word))
        ranked = sorted(near.items(), key=lambda found: (-found[1], -self.frequency(found[0])))
        return tuple(ranked[:limit])

    def openings(self, fragment: str, limit: int) -> tuple[str, ...]:
        return self._references.openings(fragment, limit)

    def references(self, fragment: str, limit: int) -> tuple[tuple[str, float], ...]:
        return self._references.near(fragment, limit)

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        errors = _errors(len(word))
        for length in range(len(word) - errors, len(word) + errors + 1):
            for found, distance in _extract(word, self._by_length.get(length, ()), errors):
                if distance:
                    yield found, 1 - distance / max(len(word), length)

    def _nearly_begun(self, word: str) -> Iterator[tuple[str, float]]:
        for length, longer in self._by_length.items():
            if length > len(word):
                beginnings = {found: found[: len(word)] for found in longer}
                for found, _ in _extract_values(word, beginnings):
                    yield found, _BEGINNING


def _by_length(words: Iterable[str]) -> Mapping[int, tuple[str, ...]]:
    buckets: dict[int, list[str]] = defaultdict(list)
    for word in words:
        buckets[len(word)].append(word)
    return {length: tuple(bucket) for length, bucket in buckets.items()}


def _errors(length: int) -> int:
    return next((errors for below, errors in _ERRORS if length < below), _MOST_ERRORS)


def _extract(word: str, choices: tuple[str, ...], errors: int) -> Iterator[tuple[str, int]]:
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return ((choice, int(distance)) for choice, distance, _ in found)


def _extract_values(word: str, choices: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
    return ((key, int(distance)) for _, distance, key in found)
