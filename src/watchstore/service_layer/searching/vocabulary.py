"""The words and references of a catalogue, and what a speller over them must answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from watchstore.service_layer.searching.document import SearchDocument


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word with the number of watches that hold it, and every bare reference.

    In PostgreSQL: `ts_stat` over the document column, and the reference column.
    """

    words: Mapping[str, int]
    references: tuple[str, ...]
    watches: int

    @classmethod
    def of(cls, documents: Iterable[SearchDocument]) -> "Vocabulary":
        counts: Counter[str] = Counter()
        references = []
        for document in documents:
            counts.update(document.words.keys())
            references.append(document.reference)
        return cls(counts, tuple(references), len(references))


class Speller(Protocol):
    """Knows one version of the vocabulary; never changes once built, shared by threads."""

    @property
    def watches(self) -> int: ...

    def frequency(self, word: str) -> int:
        """The number of watches that hold the word; 0 when nobody knows it."""

    def completions(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Longer words that begin so, most frequent first, with their frequency."""

    def similar(self, word: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Other words that may be meant, nearest first, similarity from 0 to 1."""

    def openings(self, fragment: str, limit: int) -> tuple[str, ...]:
        """Bare references that begin so (or are just that), in alphabetical order."""

    def references(self, fragment: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Bare references that hold the fragment or nearly do, nearest first."""
