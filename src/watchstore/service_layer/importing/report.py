"""What an import did, and what it did not take and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

# Told how many rows of how many are done.
Progress: TypeAlias = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Nobody looks at the progress."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`line` is the file's, `column` its header there; empty when the whole row is meant."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Rows are created, revised, unchanged or refused; prices are counted beside them."""

    created: int = 0
    revised: int = 0
    unchanged: int = 0
    refused: int = 0
    offers_opened: int = 0
    repriced: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class OffersReport:
    """Each row is a piece received, one that was here already, or refused."""

    received: int = 0
    unchanged: int = 0
    refused: int = 0
    offers_opened: int = 0
    faults: tuple[Fault, ...] = ()
