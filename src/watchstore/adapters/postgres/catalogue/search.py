"""A query that was understood, as SQL: the statement of `searching.ranking`, word for word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from watchstore.service_layer.searching.understanding import COVERAGE, Step, Term, Understanding

_HITS: Final = """
sure AS MATERIALIZED (
    SELECT watch_id, {score} AS score FROM listed_watches WHERE {sure}),
loose AS (
    SELECT watch_id, {score} AS score FROM listed_watches
    WHERE NOT EXISTS (SELECT FROM sure) AND document @@ %(loose)s::tsquery),
scored AS MATERIALIZED (SELECT * FROM sure UNION ALL SELECT * FROM loose),
hit AS (
    SELECT watch_id, score FROM scored
    WHERE score / {coverage} = (SELECT max(score) / {coverage} FROM scored))"""


@dataclass(frozen=True, slots=True)
class Hits:
    """Common table expressions that end in `hit(watch_id, score)`, and their parameters."""

    sql: str
    params: dict[str, object]


def hits(meant: Understanding) -> Hits:
    params: dict[str, object] = {"loose": _any(step for term in meant.terms for step in term.steps)}
    score = " + ".join(_ladder(term, place, params) for place, term in enumerate(meant.terms))
    params["sure"] = " & ".join(f"({_any(term.sure)})" for term in meant.terms if term.sure)
    sure = "document @@ %(sure)s::tsquery" if params["sure"] else "false"
    return Hits(_HITS.format(score=score, sure=sure, coverage=COVERAGE), params)


def _ladder(term: Term, place: int, params: dict[str, object]) -> str:
    rungs = []
    for number, step in enumerate(term.steps):
        name = f"t{place}_{number}"
        params[name] = _any([step])
        rungs.append(f"WHEN document @@ %({name})s::tsquery THEN {step.value}")
    return f"CASE {' '.join(rungs)} ELSE 0 END" if rungs else "0"


def _any(steps: Iterable[Step]) -> str:
    return " | ".join(_lexeme(word, step) for step in steps for word in step.words)


def _lexeme(word: str, step: Step) -> str:
    """Words hold letters and digits only, so quoting them is enough."""
    return f"'{word}':{'*' if step.prefix else ''}{step.weight}"
