"""Weight, requests and steadiness of what a visitor's phone loads."""

import re
from dataclasses import dataclass
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pypdf import PdfReader
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
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    window.shift += entry.value;
    window.shifted.push(...entry.sources.map(({node}) => (node?.outerHTML ?? node?.data ?? '')
      .slice(0, 60)));
  }
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => {
  window.largest = list.getEntries().at(-1).element?.outerHTML ?? '';
}).observe({type: 'largest-contentful-paint', buffered: true});
window.shift = 0; window.shifted = []; window.largest = '';
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


MOST_SHIFT = 0.02


def steady(page: Page, name: str) -> None:
    """What moved without being asked to, since the page came."""
    page.wait_for_load_state("networkidle")
    shift, shifted = page.evaluate("[window.shift, window.shifted]")
    assert shift <= MOST_SHIFT, f"{name}: {shift:.3f} by {shifted}"


WIDTHS = (390, 1440)


@in_both_languages
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_jumps_from_the_bag_to_the_thanks(visit: Visit, home: str, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFT)
    visit.put_in_bag(visit.window.take())
    page.goto(f"{home}/cart/")
    expect(page.locator("main .line")).to_have_count(1)
    steady(page, "cart")
    page.goto(f"{home}/checkout/")
    for step in ("contact", "delivery", "payment", "review"):
        expect(page).to_have_url(re.compile(step))
        expect(visit.submit).to_be_enabled()
        steady(page, f"to {step}")
        page.reload()
        expect(visit.submit).to_be_enabled()
        steady(page, f"{step} again")
        for name, value in BUYER.items():
            if page.locator(f"main [name={name}]").count():
                page.locator(f"main [name={name}]").fill(value)
        if page.locator("[value=tok_accepted]").count():
            page.locator("[value=tok_accepted]").check()
        visit.submit.click()
    expect(page).to_have_url(re.compile("confirmation"))
    expect(page.locator(".next")).to_be_visible()
    steady(page, "confirmation")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_rail_has_its_room_before_it_is_scrolled_to(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/watches/{visit.window.shown.slug}/")
    page.wait_for_load_state("networkidle")
    before = page.evaluate("document.documentElement.scrollHeight")
    page.locator(".rail").scroll_into_view_if_needed()
    expect(page.locator(".rail .card-state").first).to_have_text("In stock")
    after = page.evaluate("document.documentElement.scrollHeight")
    assert abs(after - before) <= 24  # a line of a title
    assert page.locator(".rail img").first.evaluate("img => img.complete && img.naturalWidth > 0")


def test_a_watch_is_printed_on_one_page_without_holes(visit: Visit) -> None:
    visit.page.goto(f"/watches/{visit.window.shown.slug}/")
    visit.page.wait_for_load_state("networkidle")
    pages = PdfReader(BytesIO(visit.page.pdf(format="A4"))).pages
    assert len(pages) == 1
    assert "$7,100" in pages[0].extract_text()
    assert "Near to it" not in pages[0].extract_text()


ACCOUNT = ("account", "account/orders", "account/returns", "account/addresses", "account/profile")


@in_both_languages
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_jumps_after_the_purchase(visit: Visit, past: Past, home: str, width: int) -> None:
    past.history.enter(visit.context)
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFT)
    numbers = (past.paid, past.refunded, past.partly_shipped)
    for name in (*ACCOUNT, "saved", *(f"order/?number={number}" for number in numbers)):
        page.goto(f"{home}/{name}/" if "?" not in name else f"{home}/{name}")
        expect(page.locator("[data-content] > :not(.letterhead)").first).to_be_visible()
        steady(page, name)


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
