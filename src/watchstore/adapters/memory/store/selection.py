"""Which rows a statement is about."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic

from watchstore.adapters.memory.store.schema import K, R, Table
from watchstore.adapters.memory.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class At:
    """The rows with this value in an index: saves reading the whole table."""

    index: str
    value: Hashable


@dataclass(frozen=True, slots=True)
class Selection(Generic[K, R]):
    table: Table[K, R]
    where: Callable[[R], bool] | None
    at: At | None

    def candidates(self, work: Workspace) -> dict[K, R | None]:
        """Copy what may match, so that the caller's `where` runs while others go on."""
        if self.at is None:
            return work.all(self.table)
        return work.at(self.table, self.at.index, self.at.value)

    def among(self, candidates: dict[K, R | None]) -> list[tuple[K, R]]:
        return [
            (key, row)
            for key, row in candidates.items()
            if row is not None and (self.where is None or self.where(row))
        ]

    def still_has(self, row: R) -> bool:
        """Ask again of a version that came after the candidates were read."""
        if self.at is not None and self.table.keyed[self.at.index](row) != self.at.value:
            return False
        return self.where is None or self.where(row)
