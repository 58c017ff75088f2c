"""Weight, requests and steadiness of what a visitor's phone loads."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tests.browser.history import Past
from tests.browser.visit import BUYER, Visit
from tests.browser.window import Window

KB = 1024
in_both_languages = pytest.mark.parametrize("home", ["", "/de"], ids=["english", "german"])


@dataclass(frozen=True)
class Load:
    """Bytes over the wire by kind of resource."""

    requests: int
    bytes: dict[str, int]
    origins: frozenset[str]

    @property
    def total(self) -> int:
        return sum(self.bytes.values())


SHIFT = """
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => {
  window.largest = list.getEntries().at(-1).element?.outerHTML ?? '';
}).observe({type: 'largest-contentful-paint', buffered: true});
window.shift = 0; window.largest = '';
"""


def load(page: Page, path: str) -> Load:
    page.add_init_script(SHIFT)
    made: list[Request] = []
    page.on("requestfinished", lambda request: made.append(request))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    sizes: dict[str, int] = {}
    for request in made:
        kind = request.resource_type
        sizes[kind] = sizes.get(kind, 0) + request.sizes()["responseBodySize"]
    origins = frozenset(request.url.partition("//")[2].partition("/")[0] for request in made)
    return Load(len(made), sizes, origins)


@pytest.fixture
def phone(window: Window, chromium: Browser) -> Page:
    context = chromium.new_context(
        base_url=window.url, viewport={"width": 390, "height": 844}, device_scale_factor=2
    )
    return context.new_page()


@in_both_languages
@pytest.mark.parametrize(
    ("path", "most_requests", "most_kilobytes"),
    [
        ("/", 30, 150),
        ("/watches/", 30, 150),
        ("/brands/omega/", 30, 150),
        ("/watches/omega-speedmaster-310-30-1/", 15, 80),
        ("/watches/omega-globemaster-130-20-39-21-03-001/", 15, 80),
    ],
)
def test_a_page_is_light(
    phone: Page, home: str, path: str, most_requests: int, most_kilobytes: int
) -> None:
    loaded = load(phone, home + path)
    assert loaded.bytes["document"] <= 15 * KB
    assert loaded.bytes["script"] <= 15 * KB
    assert loaded.bytes["stylesheet"] <= 12 * KB
    assert loaded.requests <= most_requests
    assert loaded.total <= most_kilobytes * KB
    assert len(loaded.origins) == 1


@in_both_languages
@pytest.mark.parametrize("path", ["/", "/watches/", "/watches/omega-speedmaster-310-30-1/"])
def test_nothing_jumps_and_the_largest_thing_is_in_the_first_html(
    window: Window, phone: Page, home: str, path: str
) -> None:
    path = home + path
    load(phone, path)
    assert phone.evaluate("window.shift") <= 0.02
    largest = phone.evaluate("window.largest")
    html = (window.pages / path.strip("/") / "index.html").read_text(encoding="utf-8")
    source = largest.partition('src="')[2].partition('"')[0]
    assert largest
    assert (source or largest[:60]) in html


AROUND = ("compare", "track", "saved", "order", "sign-in", "sign-up", "verify", "reset", "help")


@in_both_languages
@pytest.mark.parametrize("name", AROUND)
def test_a_page_around_the_purchase_is_light(phone: Page, home: str, name: str) -> None:
    loaded = load(phone, f"{home}/{name}/")
    assert loaded.bytes["script"] <= 15 * KB
    assert loaded.bytes["stylesheet"] <= 12 * KB
    assert len(loaded.origins) == 1


NAMES = ("", "orders/", "returns/", "addresses/", "profile/")


@in_both_languages
@pytest.mark.parametrize("path", [f"/account/{name}" for name in NAMES])
def test_a_page_of_the_account_is_light(visit: Visit, past: Past, home: str, path: str) -> None:
    past.history.enter(visit.context)
    assert load(visit.page, home + path).bytes["script"] <= 15 * KB


@in_both_languages
@pytest.mark.parametrize("path", ["/order/", "/confirmation/"])
def test_an_order_is_light(visit: Visit, past: Past, home: str, path: str) -> None:
    past.history.enter(visit.context)
    loaded = load(visit.page, f"{home}{path}?number={past.delivered}")
    assert loaded.bytes["script"] <= 15 * KB


@in_both_languages
def test_the_bag_is_light(phone: Page, home: str) -> None:
    assert load(phone, f"{home}/cart/").bytes["script"] <= 15 * KB


@in_both_languages
def test_the_whole_checkout_is_light(visit: Visit, home: str) -> None:
    """Every script of every step, in the language that loads most."""
    page, made = visit.page, set[Request]()
    visit.put_in_bag(visit.window.take())
    page.on("requestfinished", lambda request: made.add(request))
    page.goto(f"{home}/checkout/")
    for step in ("contact", "delivery", "payment", "review"):
        expect(page).to_have_url(re.compile(step))
        for name, value in BUYER.items():
            if page.locator(f"main [name={name}]").count():
                page.locator(f"main [name={name}]").fill(value)
        if step != "review":
            visit.submit.click()
    scripts = [request for request in made if request.resource_type == "script"]
    assert sum(request.sizes()["responseBodySize"] for request in scripts) <= 35 * KB
    origins = {request.url.partition("//")[2].partition("/")[0] for request in made}
    assert len(origins) == 1
