"""Without the API, without JavaScript, in the dark, on the smallest screen."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import BUYER, Visit
from tests.browser.window import Window

PAGES = (
    "/",
    "/watches/",
    "/brands/",
    "/brands/omega/",
    "/dial/blue/",
    "/watches/omega-speedmaster-310-30-1/",
    "/help/",
    "/delivery/",
    "/returns/",
    "/privacy/",
    "/compare/",
    "/saved/",
    "/cart/",
    "/checkout/",
    "/order/",
    "/track/",
    "/sign-in/",
    "/sign-up/",
    "/reset/",
    "/verify/",
    "/de/",
    "/de/watches/",
    "/de/watches/omega-speedmaster-310-30-1/",
    "/de/delivery/",
)


def test_without_the_api_pages_stay_say_so_and_recover(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    page = visit.page
    page.route("**/api/**", lambda route: route.abort())
    page.goto("/watches/")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator(".cards .card")).to_have_count(24)
    page.unroute("**/api/**")
    expect(page.locator("#offline")).to_be_hidden(timeout=15_000)
    expect(page.locator(".cards .card-state").first).not_to_be_empty()


def test_a_failed_search_offers_to_try_again(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    page = visit.page
    page.route("**/api/v1/watches?*", lambda route: route.abort())
    page.goto("/watches/?q=moon")
    expect(page.get_by_role("heading", name="We could not look.")).to_be_visible()
    page.unroute("**/api/v1/watches?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-search-line]")).to_contain_text("moon")
    expect(page.get_by_role("heading", name="We could not look.")).to_be_hidden()


def test_without_javascript_every_watch_is_a_link_away(window: Window, chromium: Browser) -> None:
    context = chromium.new_context(base_url=window.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/brands/")
    brands = page.locator(".makers a").evaluate_all("all => all.map(a => a.pathname)")
    found: set[str] = set()
    for brand in brands:
        page.goto(brand)
        found.update(page.locator(".index a").evaluate_all("all => all.map(a => a.pathname)"))
    on_disk = {
        f"/watches/{path.parent.name}/" for path in window.pages.glob("watches/*/index.html")
    }
    assert found == on_disk
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_at_320_pixels(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("home", ["/", "/de/"])
def test_no_step_of_the_checkout_overflows_at_320_pixels(visit: Visit, home: str) -> None:
    page = visit.page
    page.set_viewport_size({"width": 320, "height": 640})
    visit.put_in_bag(visit.window.take())
    widths = {}
    for step, wanted in (("cart", "bag"), ("checkout", "contact")):
        page.goto(f"{home}{step}/")
        expect(page.locator("main .line")).to_have_count(1)
        widths[wanted] = page.evaluate("document.documentElement.scrollWidth")
    for step in ("contact", "delivery", "payment", "review"):
        expect(page).to_have_url(re.compile(step))
        page.locator("[data-summary]").evaluate("node => node.open = true")
        for name, value in BUYER.items():
            if page.locator(f"main [name={name}]").count():
                page.locator(f"main [name={name}]").fill(value)
        expect(visit.submit).to_be_visible()
        widths[step] = page.evaluate("document.documentElement.scrollWidth")
        visit.submit.click()
    expect(page).to_have_url(re.compile("confirmation"))
    expect(page.locator(".next")).to_be_visible()
    widths["thanks"] = page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {320}, widths


def test_a_page_that_is_not_there_says_so(visit: Visit) -> None:
    visit.tolerated = ("404",)
    answer = visit.page.goto("/watches/no-such-watch/")
    assert answer is not None
    assert answer.status == 404
    expect(visit.page.locator("h1")).to_have_text("This page has stopped.")


def test_policy_forbids_what_the_pages_do_not_need(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert (
        page.evaluate(
            "document.querySelectorAll('[style], style, script:not([src]):not([type])').length"
        )
        == 0
    )


def test_every_link_leads_somewhere(window: Window, page: Page) -> None:
    seen: set[str] = set()
    for path in PAGES:
        page.goto(path)
        seen.update(
            page.locator("a[href]").evaluate_all(
                "all => all.filter(a => a.origin === location.origin).map(a => a.pathname)"
            )
        )
    broken = [path for path in sorted(seen) if page.request.get(path).status != 200]
    assert broken == []
