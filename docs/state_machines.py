"""Draws the state machines of the domain into orders.md: `python docs/state_machines.py`."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from watchstore.domain import order, payment, refund, returning

PAGE: Final = Path(__file__).parent / "orders.md"
MACHINES: Final[Mapping[str, Mapping[StrEnum, Collection[StrEnum]]]] = {
    "order": order.NEXT,
    "payment": payment.NEXT,
    "refund": refund.NEXT,
    "return": returning.NEXT,
}
_DRAWING: Final = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def mermaid(machine: Mapping[StrEnum, Collection[StrEnum]]) -> str:
    """States in the order of the code; the first one begins, those without a way out end."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(machine))}"]
    for state, following in machine.items():
        ordered = [other for other in machine if other in following]
        lines += [f"    {state} --> {other}" for other in ordered or ["[*]"]]
    return "\n".join(lines)


def redrawn(page: str) -> str:
    def draw(found: re.Match[str]) -> str:
        return f"{found[1]}```mermaid\n{mermaid(MACHINES[found[2]])}\n```\n{found[3]}"

    return _DRAWING.sub(draw, page)


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text()))
