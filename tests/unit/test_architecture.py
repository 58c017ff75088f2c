"""Rules of the house that no import contract can state."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
PACKAGE = SRC / "watchstore"
COMPOSITION_ROOT = "watchstore.entrypoints.container"

# -I keeps the environment and the working folder out, -S keeps site-packages out.
IMPORT_ALONE = """
import importlib, sys
sys.path.append(sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)
tops = {name.partition(".")[0] for name in sys.modules}
print(*sorted(tops - sys.stdlib_module_names - {"watchstore", "__main__"}))
"""


def module_name(file: Path) -> str:
    parts = file.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


DOMAIN = sorted(module_name(file) for file in (PACKAGE / "domain").rglob("*.py"))


def imports_of(file: Path) -> Iterator[str]:
    """Every absolute module name a file imports, also inside functions."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_domain_needs_nothing_but_python() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", IMPORT_ALONE, str(SRC), *DOMAIN],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == []


@pytest.mark.parametrize("name", DOMAIN)
def test_each_domain_module_can_be_imported_first(name: str) -> None:
    """No module leans on another having been imported before it."""
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", IMPORT_ALONE, str(SRC), name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_only_the_composition_root_names_adapters() -> None:
    culprits = {
        module_name(file)
        for file in PACKAGE.rglob("*.py")
        if not file.is_relative_to(PACKAGE / "adapters")
        and any(name.startswith("watchstore.adapters.") for name in imports_of(file))
    }
    assert culprits <= {COMPOSITION_ROOT}
