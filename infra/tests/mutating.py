"""How to put one fault into a synthesized template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from templates import Templates

Change = Callable[[Templates], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    fault: str
    breaks: str
    stack: str
    change: Change


def put(kind: str, path: str, value: Any, like: str = "") -> Callable[[str], Change]:
    """Write a value at a dotted path of every such resource; a number is a place in a list."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            found = list(templates.find(stack, kind, like=like))
            assert found, (stack, kind, like)
            for _, resource in found:
                place, last = _walk(resource, path)
                place[last] = value

        return change

    return for_stack


def drop(kind: str, path: str, like: str = "") -> Callable[[str], Change]:
    """Remove what is at a dotted path of every such resource."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            found = list(templates.find(stack, kind, like=like))
            assert found, (stack, kind, like)
            for _, resource in found:
                place, last = _walk(resource, path)
                del place[last]

        return change

    return for_stack


def without(kind: str, like: str = "") -> Callable[[str], Change]:
    """Remove such resources altogether."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            names = [name for name, _ in templates.find(stack, kind, like=like)]
            assert names, (stack, kind, like)
            for name in names:
                del templates.json[stack]["Resources"][name]

        return change

    return for_stack


def extra(name: str, kind: str, properties: dict[str, Any]) -> Callable[[str], Change]:
    """Add a resource."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            resource = {"Type": f"AWS::{kind}", "Properties": properties}
            templates.json[stack]["Resources"][name] = resource

        return change

    return for_stack


def _walk(resource: dict[str, Any], path: str) -> tuple[Any, Any]:
    place: Any = resource
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    for step in steps:
        place = place[step]
    return place, last


def mutant(fault: str, breaks: str, stack: str, change: Callable[[str], Change]) -> Mutant:
    return Mutant(fault, breaks, stack, change(stack))
