"""The bar for finding a watch: right first, right in the first ten, never nothing."""

from collections import Counter
from collections.abc import Iterable

import pytest
from tests.search.catalogue import index, speller
from tests.search.queries import KINDS, Query, queries

from watchstore.service_layer.searching.understanding import understand

RIGHT_FIRST, RIGHT_IN_TEN = 0.97, 0.99


def places(query: Query) -> list[int]:
    found = index().hits(understand(query.text, speller()))
    return [place for place, _ in found[:10]]


@pytest.fixture(scope="module")
def answered() -> list[tuple[Query, list[int]]]:
    return [(query, places(query)) for query in queries()]


def rate(misses: Iterable[Query], total: int) -> float:
    return 1 - len(list(misses)) / total


def report(misses: list[Query], total: int) -> str:
    cells = Counter((query.kind, query.rule) for query in misses)
    lines = [f"{rate(misses, total):.1%} of {total} right"]
    lines += [f"{count:4} {kind} / {rule}" for (kind, rule), count in cells.most_common()]
    lines += [f"{query.text!r} for {query.base!r}" for query in misses]
    return "\n".join(lines)


def test_there_are_enough_queries_and_every_kind_is_asked_as_often(answered):
    kinds = Counter(query.kind for query, _ in answered)
    assert len(answered) >= 600
    assert kinds.keys() == KINDS.keys()
    assert all(query.answers for query, _ in answered)


def test_no_query_comes_back_empty(answered):
    empty = [query for query, found in answered if not found]
    assert not empty, report(empty, len(answered))


def test_the_first_hit_is_right(answered):
    misses = [query for query, found in answered if not query.answers & set(found[:1])]
    assert rate(misses, len(answered)) >= RIGHT_FIRST, report(misses, len(answered))


def test_a_right_hit_is_among_the_first_ten(answered):
    misses = [query for query, found in answered if not query.answers & set(found)]
    assert rate(misses, len(answered)) >= RIGHT_IN_TEN, report(misses, len(answered))
