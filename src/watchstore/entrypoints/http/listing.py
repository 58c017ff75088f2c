"""The query string of the catalogue, read by hand: this is the shop's hottest path."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import plain_text
from watchstore.service_layer.queries import FACETS, LARGEST_PAGE, LONGEST_QUERY, Listing, Sort

_MOST_VALUES: Final = 50
_LONGEST_VALUE: Final = 120
_LONGEST_CURSOR: Final = 3000
_SINGLE: Final = frozenset({"q", "sort", "cursor", "limit"})
_DEFAULT_LIMIT: Final = Listing().limit


# The same few questions make up most of the traffic, and the answer depends on nothing else.
@lru_cache(maxsize=1024)
def listing_of(query: str) -> Listing:
    """Read a question to the catalogue; raises InvalidValue for anything it does not know."""
    given = _grouped(query, _SINGLE.union(FACETS))
    return Listing(
        text=_text(given),
        filters=_filters(given),
        sort=_sort(given),
        cursor=_cursor(given),
        limit=_limit(given),
    )


@lru_cache(maxsize=1024)
def suggestion_of(query: str) -> str:
    return _text(_grouped(query, frozenset({"q"})))


def no_parameters(query: str) -> None:
    _grouped(query, frozenset())


def _grouped(query: str, known: frozenset[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    if not query:
        return grouped
    for name, value in _pairs(query):
        if name not in known:
            raise InvalidValue(name[:40], "is not a parameter of this question")
        if name in _SINGLE and name in grouped:
            raise InvalidValue(name, "must be given once")
        grouped.setdefault(name, []).append(value)
    return grouped


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        raise InvalidValue("query", "is not an acceptable query string") from None


def _text(given: Mapping[str, list[str]]) -> str:
    (text,) = given.get("q", [""])
    return plain_text(text, "q", longest=LONGEST_QUERY, empty=True)


def _filters(given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    chosen = {facet: _values(facet, given[facet]) for facet in FACETS if facet in given}
    return {facet: values for facet, values in chosen.items() if values}


def _values(facet: str, given: list[str]) -> tuple[str, ...]:
    """Repeated or comma separated; in one order, so that caches see one question."""
    values = {value for item in given for value in item.split(",") if value}
    if len(values) > _MOST_VALUES:
        raise InvalidValue(facet, f"must have at most {_MOST_VALUES} values")
    return tuple(sorted(plain_text(value, facet, longest=_LONGEST_VALUE) for value in values))


def _sort(given: Mapping[str, list[str]]) -> Sort:
    (name,) = given.get("sort", [Sort.RELEVANCE])
    try:
        return Sort(name)
    except ValueError:
        raise InvalidValue("sort", f"must be one of {', '.join(Sort)}") from None


def _cursor(given: Mapping[str, list[str]]) -> str | None:
    (cursor,) = given.get("cursor", [""])
    return plain_text(cursor, "cursor", longest=_LONGEST_CURSOR, empty=True) or None


def _limit(given: Mapping[str, list[str]]) -> int:
    (number,) = given.get("limit", [str(_DEFAULT_LIMIT)])
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= LARGEST_PAGE):
        raise InvalidValue("limit", f"must be between 1 and {LARGEST_PAGE}")
    return int(number)
