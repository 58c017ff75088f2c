"""What the README promises."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.harness.readme import README, block
from tests.support.gateway_process import SOURCES

ROOT = README.parent


def test_the_library_snippet_sells_a_watch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", block("python")],
        env={"PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "state='paid'" in done.stdout


@pytest.mark.parametrize("document", [README, *sorted((ROOT / "docs").rglob("*.md"))])
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    missing = [link for link in links if not (document.parent / link).exists()]
    assert not missing


def test_every_folder_on_the_map_is_there() -> None:
    named = ("src/watchstore/entrypoints", "src/watchstore/adapters", "tests/contract", "frontend")
    assert all((ROOT / folder).is_dir() for folder in named)
