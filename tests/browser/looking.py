"""A look at a page as it stands, in every width and scheme: axe, a validator, and a picture."""

import os
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from tests.browser.markup import Markup

WIDTHS: Final = (390, 768, 1440)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
NARROWEST: Final = 320
# Kept after the run, to be looked at; the pipeline uploads them.
PICTURES: Final = Path(os.environ.get("SCREENSHOTS", "artifacts/screens"))
_AXE: Final = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"


@dataclass(frozen=True, slots=True)
class Look:
    """`page` in its present state; looking does not change it."""

    markup: Markup
    folder: Path

    def at(self, page: Page, name: str) -> None:
        """Fail with all that is wrong; keep a picture of each width and scheme as NAME-…"""
        faults = self._markup(page, name) + [
            fault
            for width, scheme in product(WIDTHS, SCHEMES)
            for fault in _seen(page, name, width, scheme)
        ]
        faults += _overflow(page)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDTHS[0], "height": 844})
        assert not faults, f"{name}: " + "\n".join(faults)

    def _markup(self, page: Page, name: str) -> list[str]:
        path = self.folder / f"{name}.html"
        path.write_text(page.content(), encoding="utf-8")
        return self.markup.faults(path)


def _seen(page: Page, name: str, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = PICTURES / f"{name}-{width}-{scheme}.jpg"
    # The dark needs no length: a whole page costs more than axe.
    page.screenshot(path=picture, type="jpeg", quality=70, full_page=scheme == "light")
    return [f"{width} {scheme}: {fault}" for fault in violations(page)]


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_AXE)
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def _overflow(page: Page) -> list[str]:
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px wide on a screen of {NARROWEST}"] if wide > NARROWEST else []
