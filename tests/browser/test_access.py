"""Pages with something on them: WCAG as far as axe can see, valid markup, nothing too wide."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import Look
from tests.browser.visit import Visit

PAGES = {
    "home": "/",
    "home-de": "/de/",
    "listing": "/watches/?brand=omega&dial=blue",
    "listing-nothing": "/watches/?brand=omega&dial=blue&material=ceramic&size=under-34",
    "search": "/watches/?q=speedmaster",
    "brands": "/brands/",
    "brand": "/brands/omega/",
    "watch": "/watches/omega-speedmaster-310-30-1/",
    "watch-de": "/de/watches/omega-speedmaster-310-30-1/",
    "help": "/help/",
    "delivery": "/delivery/",
    "returns": "/returns/",
    "privacy": "/privacy/",
    "missing": "/no-such-page/",
    "sign-in": "/sign-in/",
    "sign-up": "/sign-up/",
    "order-asking": "/order/",
    "saved-nothing": "/saved/",
    "compare-nothing": "/compare/",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_have_no_faults(visit: Visit, look: Look, name: str) -> None:
    visit.tolerated = ("404",) if name == "missing" else ()
    visit.page.goto(PAGES[name])
    visit.page.wait_for_load_state("networkidle")
    look.at(visit.page, name)


def test_the_way_to_the_order_has_no_faults(visit: Visit, look: Look) -> None:
    page, spare = visit.page, visit.window.shown
    page.goto("/watches/?brand=omega")
    expect(page.locator(".cards")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("/")
    page.keyboard.type("speed")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    look.at(page, "suggestions")
    visit.put_in_bag(spare)
    look.at(page, "bag")
    page.goto("/checkout/")
    expect(visit.submit).to_contain_text("Order and pay")
    visit.submit.click()
    look.at(page, "checkout-faults")


def test_compare_and_filters_have_no_faults(page: Page, look: Look) -> None:
    page.goto("/watches/?brand=omega")
    for index in range(3):
        page.locator(".cards [data-compare]").nth(index).check()
    page.get_by_role("link", name="Filter").or_(
        page.get_by_role("button", name="Filter")
    ).first.click()
    expect(page.locator("#filters details").first).to_be_visible()
    look.at(page, "filters")
    page.goto("/compare/")
    expect(page.locator("table.compare")).to_be_visible()
    look.at(page, "compare")
