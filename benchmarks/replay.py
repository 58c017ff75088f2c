"""A captured order, carried out again with values of its own."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from benchmarks.capture import COMMIT

_HOLE = re.compile(r"@(order|payment|number|key|offer|piece|reference)@")


@dataclass(frozen=True, slots=True)
class Step:
    """`parts` alternate between text and the names of holes."""

    parts: tuple[str, ...]
    claims: bool

    @classmethod
    def parse(cls, statement: str) -> Self:
        return cls((*_HOLE.split(statement),), is_claim(statement))

    def text(self, values: Mapping[str, str]) -> str:
        return "".join(
            values[part] if number % 2 else part for number, part in enumerate(self.parts)
        )


@dataclass(frozen=True, slots=True)
class Steps:
    """The gateway is called where the shop calls it: after the first commit."""

    before: tuple[Step, ...]
    after: tuple[Step, ...]

    @classmethod
    def parse(cls, statements: Sequence[str]) -> Self:
        place = statements.index(COMMIT)
        first, second = statements[:place], statements[place + 1 : -1]
        if [*first, COMMIT, *second, COMMIT] != list(statements) or COMMIT in second:
            raise ValueError("an order is two transactions")
        return cls(tuple(map(Step.parse, first)), tuple(map(Step.parse, second)))

    def run(
        self, connection: Any, values: dict[str, str], charge: Callable[[Mapping[str, str]], None]
    ) -> None:
        self._transaction(connection, self.before, values)
        charge(values)
        self._transaction(connection, self.after, values)

    def _transaction(self, connection: Any, steps: Sequence[Step], values: dict[str, str]) -> None:
        with connection.cursor() as cursor:
            for step in steps:
                cursor.execute(step.text(values))
                rows = cursor.fetchall() if cursor.description else ()
                if step.claims:
                    values["piece"] = rows[0][1]
        connection.commit()


def is_claim(statement: str) -> bool:
    """The statement that finds `@piece@`: its second column."""
    return "SKIP LOCKED" in statement
