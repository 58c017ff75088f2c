"""Lighthouse 12, mobile: exactly 100 but for speed, and speed as the best of a few runs.

The short form looks at one page without its speed, which a busy machine can't show.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright
from tests.browser.conftest import CHROMIUM, DEAF_CHROMIUM
from tests.browser.lighthouse import misses, report, scores, slowdown_for
from tests.browser.visit import Visit
from tests.browser.window import Window
from tests.harness.stack import free_port
from tests.harness.torture import TORTURE

pytestmark = pytest.mark.long
INDEXED = ("accessibility", "best-practices", "seo")
PRIVATE = ("accessibility", "best-practices")
PAGES = {
    "/": INDEXED,
    "/watches/": INDEXED,
    "/watches/omega-speedmaster-310-30-1/": INDEXED,
    "/cart/": PRIVATE,
    "/checkout/": PRIVATE,
}
FAST = {"/watches/": 95, "/watches/omega-speedmaster-310-30-1/": 98}
RUNS = 3


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def buyer(
    playwright: Playwright,
    window: Window,
    port: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """A phone with a watch in its bag, that Lighthouse can talk to."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=DEAF_CHROMIUM,
        args=[*CHROMIUM, f"--remote-debugging-port={port}"],
        base_url=window.url,
        viewport={"width": 390, "height": 844},
    )
    Visit(window, context).put_in_bag(window.shown)
    yield context
    context.close()


@pytest.mark.usefixtures("buyer")
@pytest.mark.parametrize("path", PAGES if TORTURE else ["/watches/omega-speedmaster-310-30-1/"])
def test_nothing_costs_a_point(window: Window, port: int, tmp_path: Path, path: str) -> None:
    found = report(window.url + path, port, tmp_path)
    assert misses(found, PAGES[path]) == []
    assert {name: scores(found)[name] for name in PAGES[path]} == dict.fromkeys(PAGES[path], 100)


if TORTURE:

    @pytest.mark.usefixtures("buyer")
    @pytest.mark.parametrize("path", FAST)
    def test_pages_are_fast_on_a_phone(
        window: Window, port: int, tmp_path: Path, path: str
    ) -> None:
        slowdown = slowdown_for(report(window.url + path, port, tmp_path))
        runs = [report(window.url + path, port, tmp_path, slowdown) for _ in range(RUNS)]
        assert max(scores(run)["performance"] for run in runs) >= FAST[path]
