"""How well a document answers a query: a plain sum of integers that SQL can mirror.

For every term the ladder is a `CASE WHEN document @@ '...' THEN value ... ELSE 0 END`, the score
is the sum of these, and a watch is a hit when its score lies in the best tier of all rows. In SQL
that is two attempts in one statement; the second is not even started when the first finds a row:

    WITH sure AS MATERIALIZED (
             SELECT id, <sum> AS score FROM watch
             WHERE document @@ '(sure words of term 1, |) & (sure words of term 2, |) & ...'),
         loose AS (
             SELECT id, <sum> AS score FROM watch
             WHERE NOT EXISTS (SELECT FROM sure) AND document @@ 'all words of all terms, |'),
         hit AS (SELECT * FROM sure UNION ALL SELECT * FROM loose)
    SELECT ... FROM hit
    WHERE score / 1000000 = (SELECT max(score) / 1000000 FROM hit) ORDER BY score DESC, name, id

Optional terms are summed but appear in neither WHERE. No term, no hit. Words hold letters and
digits only; quoted, they are safe lexemes.
"""

from collections.abc import Iterable
from typing import TypeVar

from watchstore.service_layer.searching.document import SearchDocument
from watchstore.service_layer.searching.understanding import COVERAGE, Step, Term, Understanding

Key = TypeVar("Key")


def score(document: SearchDocument, understanding: Understanding) -> int | None:
    """The sum over all terms, None when nothing that was asked for is met."""
    value = sum(_value(term, document) for term in understanding.terms)
    return value if tier(value) else None


def tier(value: int) -> int:
    """How much of the query is covered; equals `Understanding.full` when nothing is missing."""
    return value // COVERAGE


def hits(
    documents: Iterable[tuple[Key, SearchDocument]], understanding: Understanding
) -> list[tuple[Key, int]]:
    """The best tier of all documents; see `DocumentIndex` for the same without a full scan."""
    scored = ((key, score(document, understanding)) for key, document in documents)
    return best_tier((key, value) for key, value in scored if value is not None)


def best_tier(scored: Iterable[tuple[Key, int]]) -> list[tuple[Key, int]]:
    """The hits, best first; ties keep their order."""
    ranked = sorted(scored, key=lambda hit: -hit[1])
    return [(key, value) for key, value in ranked if tier(value) == tier(ranked[0][1])]


def _value(term: Term, document: SearchDocument) -> int:
    return next((step.value for step in term.steps if _holds(step, document)), 0)


def _holds(step: Step, document: SearchDocument) -> bool:
    weights = document.words
    if not step.prefix:
        return any(weights.get(word) == step.weight for word in step.words)
    return any(
        weight == step.weight and word.startswith(step.words) for word, weight in weights.items()
    )
