"""The drawings in the docs are those of the code."""

import pytest
from docs.state_machines import MACHINES, PAGE, mermaid, redrawn

from watchstore.domain.order import NEXT, OrderState


def test_every_machine_is_drawn_as_it_is():
    page = PAGE.read_text()
    assert redrawn(page) == page, "run: python docs/state_machines.py"
    assert all(f"<!-- drawn: {name} -->\n```mermaid\n" in page for name in MACHINES)


def test_a_drawing_names_every_step():
    drawing = mermaid(NEXT).splitlines()
    assert drawing[1] == "    [*] --> awaiting_payment"
    assert "    dispatching --> paid" in drawing
    assert "    cancelled --> [*]" in drawing
    steps = sum(len(following) or 1 for following in NEXT.values())
    assert len(drawing) == 2 + steps


def test_another_step_makes_the_drawing_stale(monkeypatch: pytest.MonkeyPatch):
    more = {**NEXT, OrderState.CANCELLED: frozenset({OrderState.PAID})}
    monkeypatch.setitem(MACHINES, "order", more)
    assert redrawn(PAGE.read_text()) != PAGE.read_text()


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_is_reached(name):
    machine = MACHINES[name]
    first = next(iter(machine))
    reached = {first} | {state for following in machine.values() for state in following}
    assert reached == set(type(first))
