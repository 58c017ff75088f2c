"""A guard taken away: the sources with one text changed, and the tests that must notice."""

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, Final

from tests.mutants import witness

from watchstore.entrypoints.embedded import Servers

_ROOT: Final = Path(__file__).resolve().parents[2]
_SECONDS: Final = 120
# How a test fails that did not run at all: of these a dead mutant proves nothing.
_BROKEN: Final = frozenset(
    {"ImportError", "ModuleNotFoundError", "SyntaxError", "NameError", "AttributeError"}
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """`file` is below src/watchstore, `killers` are node ids below tests."""

    name: str
    file: str
    original: str
    mutated: str
    killers: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def compiled_sources(folder: Path) -> Path:
    """A copy with its bytecode, so that not every mutant compiles all of it again."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_ROOT / "src" / "watchstore", folder / "watchstore", ignore=ignored)
    compileall.compile_dir(folder, quiet=1, invalidation_mode=PycInvalidationMode.TIMESTAMP)
    return folder


def assert_killed(mutant: Mutant, sources: Path, folder: Path, servers: Servers) -> None:
    _copy(sources, folder)
    _mutate(mutant, folder / "watchstore" / mutant.file)
    code, report, output = _run(mutant.killers, folder, servers)
    assert code == 1, f"{mutant} survives, or did not run:\n{output}"
    assert report["sources"] == str(folder)
    assert set(report["failed"]) == {f"tests/{node}" for node in mutant.killers}, output
    for how in report["failed"].values():
        when, _, error = how.partition(": ")
        assert when == "call", output
        assert error not in _BROKEN, output


def assert_alive(killers: Sequence[str], sources: Path, folder: Path, servers: Servers) -> None:
    """The same tests pass on the same copy when nothing is changed in it."""
    _copy(sources, folder)
    code, report, output = _run(killers, folder, servers)
    assert code == 0, output
    assert report["sources"] == str(folder)
    assert set(report["passed"]) == {f"tests/{node}" for node in killers}, output


def _copy(sources: Path, folder: Path) -> None:
    shutil.copytree(sources / "watchstore", folder / "watchstore")


def _mutate(mutant: Mutant, file: Path) -> None:
    text = file.read_text()
    found = text.count(mutant.original)
    assert found == 1, f"{mutant}: the text to change is {found} times in {mutant.file}"
    file.write_text(text.replace(mutant.original, mutant.mutated))
    Path(cache_from_source(str(file))).unlink(missing_ok=True)


def _run(killers: Sequence[str], folder: Path, servers: Servers) -> tuple[int, dict[str, Any], str]:
    """A run of its own on this run's servers: it migrates a template with the changed schema."""
    report = folder / "report.json"
    nodes = [f"tests/{node}" for node in dict.fromkeys(killers)]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "tests.mutants.witness", "-o", f"pythonpath={folder} ."),
            *nodes,
        ],
        check=False,
        cwd=_ROOT,
        env={
            **{name: value for name, value in os.environ.items() if "PYTEST" not in name},
            "PYTHONPATH": os.pathsep.join([str(folder), str(_ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "",
            "WATCHSTORE_TEST_DATABASE_URL": servers.database_url,
            "WATCHSTORE_TEST_REDIS_URL": servers.redis_url,
            "WATCHSTORE_TEST_PATIENCE": "5",
            witness.REPORT: str(report),
        },
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    output = done.stdout + done.stderr
    assert report.exists(), f"the tests did not even begin:\n{output}"
    return done.returncode, json.loads(report.read_text()), output
