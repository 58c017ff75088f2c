"""A run of pytest in a process of its own, which need not import the libraries once more."""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

# What the tests of mutants import beside the shop, which is what is mutated.
_LIBRARIES: Final = (
    *("pytest", "hypothesis", "hypothesis.strategies", "xdist.plugin"),
    *("sqlalchemy.dialects.postgresql.psycopg2", "alembic.command", "redis", "limits"),
    *("flask", "flask_login", "flask_smorest", "marshmallow", "dependency_injector.providers"),
    *("argon2", "click", "fpdf", "jinja2", "orjson", "prometheus_client", "rapidfuzz", "structlog"),
)
# Pytest would rewrite the assertions of its plugins, of which these tests see none.
_QUIET: Final = ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(_LIBRARIES))


def pytest_forked(
    arguments: Sequence[str],
    *,
    folder: Path,
    environ: Mapping[str, str],
    output: Path,
    seconds: float,
) -> tuple[int | None, str]:
    """Exit code and output of pytest in this folder; it is killed when its time is over."""
    run = _context.Process(target=_run, args=(arguments, folder, dict(environ), output))
    run.start()
    run.join(seconds)
    run.kill()
    run.join()
    return run.exitcode, output.read_text()


def _run(arguments: Sequence[str], folder: Path, environ: dict[str, str], output: Path) -> None:
    with output.open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.path[:0] = environ["PYTHONPATH"].split(os.pathsep)
    sys.exit(pytest.main([*_QUIET, *arguments]))
