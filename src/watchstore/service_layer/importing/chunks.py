"""A file in parts, a transaction each: a kill in the middle leaves whole parts behind."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, Protocol, TypeVar

CHUNK: Final = 200


class _Identified(Protocol):
    @property
    def identity(self) -> Hashable: ...


R = TypeVar("R", bound=_Identified)


def chunks(rows: Sequence[R]) -> Iterator[list[R]]:
    """About CHUNK rows each; rows of one identity, which follow each other, stay together."""
    part: list[R] = []
    for _, group in groupby(rows, key=lambda row: row.identity):
        part.extend(group)
        if len(part) >= CHUNK:
            yield part
            part = []
    if part:
        yield part


def gathered(rows: Iterable[R]) -> list[R]:
    """Rows of one identity next to each other, else in the order of the file."""
    groups: dict[Hashable, list[R]] = {}
    for row in rows:
        groups.setdefault(row.identity, []).append(row)
    return [row for group in groups.values() for row in group]
