"""A guard taken away: the sources with one text changed, and the tests that must notice."""

import compileall
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, Final

from tests.harness.servers import TEMPLATE
from tests.mutants import witness
from tests.mutants.forked import pytest_forked

from watchstore.entrypoints.embedded import Servers

_ROOT: Final = Path(__file__).resolve().parents[2]
_MIGRATIONS: Final = "adapters/postgres/migrations/"
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


@dataclass(frozen=True, slots=True)
class Judge:
    """Runs killers on a copy of the sources, with the servers of this run."""

    sources: Path
    servers: Servers
    template: str

    def assert_killed(self, mutant: Mutant, folder: Path) -> None:
        _copy(self.sources, folder)
        _mutate(mutant, folder / "watchstore" / mutant.file)
        code, report, output = self._run(mutant.killers, folder, of=mutant)
        assert code == 1, f"{mutant} survives, or did not run:\n{output}"
        assert report["sources"] == str(folder)
        assert set(report["failed"]) == {f"tests/{node}" for node in mutant.killers}, output
        for how in report["failed"].values():
            when, _, error = how.partition(": ")
            assert when == "call", output
            assert error not in _BROKEN, output

    def assert_alive(self, killers: Sequence[str], folder: Path) -> None:
        """The same tests pass on the same copy when nothing is changed in it."""
        _copy(self.sources, folder)
        code, report, output = self._run(killers, folder)
        assert code == 0, output
        assert report["sources"] == str(folder)
        assert set(report["passed"]) == {f"tests/{node}" for node in killers}, output

    def _run(
        self, killers: Sequence[str], folder: Path, of: Mutant | None = None
    ) -> tuple[int | None, dict[str, Any], str]:
        """A run of its own on this run's servers; who changes the schema migrates anew."""
        report = folder / "report.json"
        nodes = [f"tests/{node}" for node in dict.fromkeys(killers)]
        migrates = of is not None and of.file.startswith(_MIGRATIONS)
        environ = {
            **{name: value for name, value in os.environ.items() if not _ours(name)},
            "PYTHONPATH": os.pathsep.join([str(folder), str(_ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "",
            "WATCHSTORE_TEST_DATABASE_URL": self.servers.database_url,
            "WATCHSTORE_TEST_REDIS_URL": self.servers.redis_url,
            **({} if migrates else {TEMPLATE: self.template}),
            # Who does not wait where it should is waited for: that long, and in vain.
            "WATCHSTORE_TEST_PATIENCE": "2" if of else "10",
            witness.REPORT: str(report),
        }
        code, output = pytest_forked(
            [
                *("-q", "-p", "no:cacheprovider", "-p", "tests.mutants.witness"),
                *("-o", f"pythonpath={folder} ."),
                *nodes,
            ],
            folder=_ROOT,
            environ=environ,
            output=folder / "output",
            seconds=_SECONDS,
        )
        assert report.exists(), f"the tests did not even begin:\n{output}"
        return code, json.loads(report.read_text()), output


def _ours(variable: str) -> bool:
    """What tells this run of pytest how to run."""
    return "PYTEST" in variable or variable in {"TORTURE", "SLIPCOVER_ENABLED"}


def _copy(sources: Path, folder: Path) -> None:
    """By links: a thousand files for each of hundreds of mutants, which change one of them."""
    shutil.copytree(sources / "watchstore", folder / "watchstore", copy_function=os.link)


def _mutate(mutant: Mutant, file: Path) -> None:
    text = file.read_text()
    found = text.count(mutant.original)
    assert found == 1, f"{mutant}: the text to change is {found} times in {mutant.file}"
    file.unlink()
    file.write_text(text.replace(mutant.original, mutant.mutated))
    Path(cache_from_source(str(file))).unlink(missing_ok=True)
