"""A pytest plugin for a mutant's run: writes down what failed, how, and on which sources."""

import json
import os
from collections.abc import Generator
from pathlib import Path

import pytest

import watchstore

REPORT = "WATCHSTORE_MUTANT_REPORT"
_failed: dict[str, str] = {}
_passed: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and call.excinfo is not None:
        _failed.setdefault(item.nodeid, f"{report.when}: {call.excinfo.type.__name__}")
    elif report.when == "call":
        _passed.append(item.nodeid)
    return report


def pytest_unconfigure() -> None:
    sources = str(Path(watchstore.__file__).parents[1])
    found = {"sources": sources, "failed": _failed, "passed": _passed}
    Path(os.environ[REPORT]).write_text(json.dumps(found))
