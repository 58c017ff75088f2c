"""Pages with something on them: WCAG as far as axe can see, valid markup, nothing too wide."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import Look
from tests.browser.rivals import rival_holds
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
    "bag-nothing": "/cart/",
    "checkout-nothing": "/checkout/",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_have_no_faults(visit: Visit, look: Look, name: str) -> None:
    visit.tolerated = ("404",) if name == "missing" else ()
    visit.page.goto(PAGES[name])
    visit.page.wait_for_load_state("networkidle")
    look.at(visit.page, name)


def test_dialogs_have_no_faults(visit: Visit, look: Look) -> None:
    page, spare = visit.page, visit.window.shown
    page.goto("/watches/?brand=omega")
    expect(page.locator(".cards")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("/")
    page.keyboard.type("speed")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    look.at(page, "suggestions")
    visit.put_in_bag(spare)
    look.at(page, "bag")


def test_the_way_to_the_order_has_no_faults(visit: Visit, look: Look) -> None:
    """Every step, empty and with faults, as far as the thanks."""
    page = visit.page
    visit.put_in_bag(visit.window.take())
    page.goto("/cart/")
    expect(page.locator("main .line")).to_have_count(1)
    look.at(page, "cart")
    page.goto("/checkout/")
    expect(visit.step).to_have_text("Contact")
    look.at(page, "checkout-contact")
    visit.submit.click()
    look.at(page, "checkout-faults")
    visit.say_contact()
    expect(page.locator("[value=express]")).to_be_visible()
    look.at(page, "checkout-delivery")
    visit.say_delivery()
    look.at(page, "checkout-payment")
    visit.choose_card("accepted")
    look.at(page, "checkout-review")
    visit.submit.click()
    visit.thanked()
    look.at(page, "confirmation")


def test_what_stands_in_the_way_of_an_order_has_no_faults(visit: Visit, look: Look) -> None:
    visit.tolerated = ("409", "422", "net::ERR")
    page, spare = visit.page, visit.window.take()
    page.clock.install()
    visit.to_checkout(spare)
    page.locator("[data-summary] summary").click()
    page.get_by_label("Voucher code").fill("NO-SUCH-CODE")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#f-voucher-fault")).not_to_be_empty()
    look.at(page, "checkout-refused")
    page.clock.fast_forward("11:00")
    expect(page.get_by_role("button", name="Hold them again")).to_be_visible()
    look.at(page, "checkout-ended")
    page.get_by_role("link", name="Back to the bag").click()
    expect(page.locator("main .line")).to_have_count(1)
    for _ in range(2):
        rival_holds(visit.window, spare.offer)
    page.goto("/cart/")
    expect(page.locator("main .line")).to_contain_text("Somebody is buying")
    look.at(page, "cart-reserved")
    page.goto("/checkout/")
    expect(page.locator(".blocked")).to_be_visible()
    look.at(page, "checkout-blocked")
    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    look.at(page, "checkout-down")
    page.goto("/cart/")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    look.at(page, "cart-down")


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
