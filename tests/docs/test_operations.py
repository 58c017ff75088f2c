"""The page for whoever is woken at night: every alarm has its place, every command is there."""

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

from watchstore.entrypoints import settings
from watchstore.entrypoints.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()
STACK = ROOT / "infra" / "stacks" / "observability.py"
# Of PostgreSQL and of the shell itself.
FOREIGN = {"createdb", "export"}


def alarms(source: str) -> set[str]:
    """Their names in the stack, read and not run: the AWS side has a Python of its own."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = {
        keyword.value.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Watched"
        for keyword in call.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    }
    composite = {
        call.args[1].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "CompositeAlarm"
        and isinstance(call.args[1], ast.Constant)
    }
    return names | composite


def runbooks(page: str) -> set[str]:
    return set(re.findall(r"^### `([a-z-]+)`$", page.partition("\n## Alarms\n")[2], re.MULTILINE))


def test_every_alarm_has_its_runbook() -> None:
    assert runbooks(PAGE) == alarms(STACK.read_text())
    assert len(runbooks(PAGE)) >= 15


def test_a_new_alarm_asks_for_one() -> None:
    more = STACK.read_text() + "\nWatched(name='tills-closed', metric=None, threshold=1)\n"
    assert alarms(more) - runbooks(PAGE) == {"tills-closed"}


def test_no_alarm_is_named_by_something_that_cannot_be_read() -> None:
    source = STACK.read_text()
    made = len(re.findall(r"(?<!\w)(?:Watched|CompositeAlarm)\(", source))
    assert made == len(alarms(source))


def commands(page: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`((?:[A-Z]+=\S+ )?(?:watchstore |make |deploy/)[^`]*)`", page)
    return [line for block in blocks for line in block.splitlines()] + inline


@pytest.mark.parametrize("command", sorted(set(commands(PAGE))))
def test_every_command_is_there(command: str) -> None:
    name, *arguments = [word for word in shlex.split(command) if not re.match(r"[A-Z]+=", word)]
    if name == "watchstore":
        parsed(main, arguments)
    elif name == "make":
        assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    elif name.startswith("deploy/"):
        assert (ROOT / name).is_file()
    else:
        assert name in FOREIGN


def parsed(command: click.Command, arguments: list[str]) -> None:
    if isinstance(command, click.Group):
        assert arguments[0] in command.commands
        parsed(command.commands[arguments[0]], arguments[1:])
        return
    names = {each for parameter in command.params for each in parameter.opts}
    assert {each for each in arguments if each.startswith("-")} <= names
    takes = [each for each in command.params if isinstance(each, click.Argument)]
    assert len([each for each in arguments if not each.startswith("-")]) <= len(takes)


def test_every_setting_is_one() -> None:
    known = {name.upper() for name in settings.Settings.__slots__} | {"MIGRATE", "CONTRACT"}
    named = {each for each in re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE) if "OTEL" not in each}
    assert named <= known
