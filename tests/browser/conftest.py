"""The whole shop as processes, its published pages, and Chromium in front of them."""

import csv
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from redis import Redis
from tests.browser.history import History, Past, an_account
from tests.browser.looking import Look
from tests.browser.markup import Markup, validator
from tests.browser.visit import Visit
from tests.browser.window import Window, pieces_to_take
from tests.harness.databases import fresh_database
from tests.harness.servers import template_of
from tests.harness.stack import running_stack

from watchstore.adapters.files import FolderPages
from watchstore.entrypoints.demo import load_demo
from watchstore.entrypoints.demo.loading import FOLDER
from watchstore.entrypoints.embedded import Servers
from watchstore.entrypoints.library import open_shop
from watchstore.entrypoints.publishing import Site
from watchstore.entrypoints.publishing.once import publish_once

# Enough for several pages of a listing, and quick to publish.
BRANDS = ("Omega", "Nomos Glashütte", "A. Lange & Söhne")
DEAF_CHROMIUM = Path(__file__).with_name("deaf_chromium.py")
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def _some_of_the_demo(folder: Path) -> Path:
    for name in ("catalogue.csv", "offers.csv", "brands.csv"):
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(row for row in rows if row["brand"] in BRANDS)
    return folder


@pytest.fixture(scope="session")
def window(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One shop for all browser tests of a process: each takes watches of its own."""
    folder, pages = tmp_path_factory.mktemp("shop"), tmp_path_factory.mktemp("pages")
    demo = _some_of_the_demo(tmp_path_factory.mktemp("demo"))
    run = Path(os.environ["WATCHSTORE_TEST_RUN"])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    redis_url = (
        f"{servers.redis_url.rpartition('/')[0]}/{32 + int(worker)}"  # others use those below
    )
    with Redis.from_url(redis_url) as client:
        client.flushdb()
    with (
        fresh_database(servers.database_url, template_of(run)) as database_url,
        open_shop(database_url) as shop,
    ):
        load_demo(shop, folder=demo)
        spare = pieces_to_take(shop)
        with running_stack(folder, database_url, redis_url, frontend=pages) as stack:
            publish_once(shop, Site(FolderPages(pages), stack.url))
            yield Window(stack.url, shop, pages, stack, next(spare), spare)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=DEAF_CHROMIUM, args=CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture
def patient(window: Window) -> None:
    """All tests come from one address: what one of them tried is not held against the next."""
    with Redis.from_url(window.stack.redis_url) as client:
        for key in client.scan_iter("limit*"):
            client.delete(key)


@pytest.fixture
def visit(window: Window, chromium: Browser, patient: None) -> Iterator[Visit]:
    """A visitor with an empty browser; errors on its pages fail the test."""
    del patient
    context = chromium.new_context(
        base_url=window.url, viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    visitor = Visit(window, context)
    yield visitor
    context.close()
    assert visitor.errors == []


@pytest.fixture(scope="session")
def markup() -> Iterator[Markup]:
    with validator() as markup:
        yield markup


@pytest.fixture
def look(markup: Markup, tmp_path: Path) -> Look:
    return Look(markup, tmp_path)


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit.page


@pytest.fixture
def history(visit: Visit) -> Iterator[History]:
    """Of an account that the visitor's browser is signed in with."""
    window = visit.window
    with closing(History(window.url, window.shop, an_account(window.shop))) as made:
        made.enter(visit.context)
        yield made


@pytest.fixture(scope="session")
def past(window: Window) -> Iterator[Past]:
    """An account with something on each of its pages; to look at only."""
    history = History(window.url, window.shop, an_account(window.shop))
    with closing(history):
        yield Past(history, window.take)
