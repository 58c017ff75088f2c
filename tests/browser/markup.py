"""html-validate as a process of its own: a page in, its faults out."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

CHECKS: Final = Path(__file__).with_name("checks")


class Markup:
    """Pages go to one process, because starting Node costs more than a page."""

    def __init__(self, asked: IO[str], answered: IO[str]) -> None:
        self._asked = asked
        self._answered = answered

    def faults(self, page: Path) -> list[str]:
        self._asked.write(f"{page}\n")
        self._asked.flush()
        answer: list[str] = json.loads(self._answered.readline())
        return answer


@contextmanager
def validator() -> Iterator[Markup]:
    with subprocess.Popen(
        ["node", "markup.mjs"],
        cwd=CHECKS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as node:
        assert node.stdin
        assert node.stdout
        yield Markup(node.stdin, node.stdout)
