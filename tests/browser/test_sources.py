"""What the checkers of the trade say of the scripts, the styles and every published page."""

import subprocess
from pathlib import Path

from tests.browser.markup import CHECKS, Markup
from tests.browser.window import Window

from watchstore.entrypoints.publishing import FRONTEND


def test_scripts_and_styles_are_clean() -> None:
    biome = CHECKS / "node_modules" / ".bin" / "biome"
    done = subprocess.run(
        [biome, "lint", "--error-on-warnings", "."],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_published_page_is_valid(window: Window, markup: Markup) -> None:
    pages = sorted(window.pages.rglob("*.html"))
    faults = {page: found for page in pages if (found := markup.faults(page))}
    assert len(pages) > 500
    assert faults == {}


def test_the_validator_sees_a_fault(markup: Markup, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!DOCTYPE html><html lang="en"><title>x</title><img src="x"></html>')
    assert any(fault.startswith("wcag/h37") for fault in markup.faults(page))
