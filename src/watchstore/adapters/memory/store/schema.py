"""How a table is declared: its keys, constraints and indexes."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

# Not slotted: Python 3.11 can't make a frozen, slotted generic as Table[K, R](...).


@dataclass(frozen=True)
class Unique(Generic[R]):
    """No two rows have the same `key`; None is not constrained, as NULL is not."""

    name: str
    key: Callable[[R], Hashable]


@dataclass(frozen=True)
class References(Generic[R]):
    """`column` is a primary key of `table`, or None. Serves as an index of that name too."""

    name: str
    column: Callable[[R], Hashable]
    table: str


@dataclass(frozen=True)
class Check(Generic[R]):
    name: str
    holds: Callable[[R], bool]


@dataclass(frozen=True)
class Index(Generic[R]):
    name: str
    key: Callable[[R], Hashable]


@dataclass(frozen=True, eq=False)
class Table(Generic[K, R]):
    """Rows of one type, each immutable and known by a primary key."""

    name: str
    unique: tuple[Unique[R], ...] = ()
    references: tuple[References[R], ...] = ()
    checks: tuple[Check[R], ...] = ()
    indexes: tuple[Index[R], ...] = ()
    keyed: Mapping[str, Callable[[R], Hashable]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pairs = [
            *((unique.name, unique.key) for unique in self.unique),
            *((reference.name, reference.column) for reference in self.references),
            *((index.name, index.key) for index in self.indexes),
        ]
        if len(dict(pairs)) < len(pairs):
            raise ValueError(f"Two constraints or indexes of {self.name} share a name")
        object.__setattr__(self, "keyed", dict(pairs))

    @property
    def primary_key(self) -> str:
        """The name PostgreSQL gives to a primary key."""
        return f"{self.name}_pkey"
