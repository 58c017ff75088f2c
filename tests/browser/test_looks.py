"""Every page around and after the purchase, in each state, as it looks and to axe.

Pictures of each width and scheme are kept, see `looking.PICTURES`.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.history import History, Past
from tests.browser.looking import Look
from tests.browser.visit import Visit

Way = Callable[[Page, Past], None]


def order(which: str, home: str = "") -> Way:
    def go(page: Page, past: Past) -> None:
        page.goto(f"{home}/order/?number={getattr(past, which)}")
        expect(page.locator(".timeline")).to_be_visible()

    return go


def there(path: str, selector: str) -> Way:
    def go(page: Page, past: Past) -> None:
        page.goto(path.format(past=past))
        expect(page.locator(selector).first).to_be_visible()

    return go


def then(way: Way, selector: str, shown: str) -> Way:
    def go(page: Page, past: Past) -> None:
        way(page, past)
        page.locator(selector).first.click()
        expect(page.locator(shown).first).to_be_visible()

    return go


def refused_by(way: Way) -> Way:
    """With every answer a failure."""

    def failing(route: Route) -> None:
        fault = {"code": "internal_error", "detail": "The shop failed to answer."}
        route.fulfill(status=500, json=fault, content_type="application/problem+json")

    def go(page: Page, past: Past) -> None:
        page.route("**/api/v1/**", failing)
        way(page, past)

    return go


ORDERS = there("/account/orders/", ".orders li")
ADDRESSES = there("/account/addresses/", ".plate")
MEMBERS: dict[str, Way] = {
    "order-paid": order("paid"),
    "order-cancelled": order("cancelled"),
    "order-waiting": order("waiting"),
    "order-declined": order("declined"),
    "order-german": order("refunded", "/de"),
    "order-failed": refused_by(there("/order/?number=WS-0000000000", "[data-retry]")),
    "confirmation-waiting": there("/confirmation/?number={past.waiting}", "main .summary"),
    "confirmation-declined": there("/confirmation/?number={past.declined}", "main .summary"),
    "confirmation-german": there("/de/confirmation/?number={past.paid}", "main .next"),
    "confirmation-unknown": there("/confirmation/?number=WS-0000000000", "main .alert"),
    "confirmation-failed": refused_by(there("/confirmation/?number=WS-0", "[data-again]")),
    "order-partly-shipped": order("partly_shipped"),
    "order-delivered": order("delivered"),
    "order-returning": order("returning"),
    "order-refunded": order("refunded"),
    "order-return-form": then(order("delivered"), "[data-return]", "#send-back"),
    "order-return-form-german": then(order("delivered", "/de"), "[data-return]", "#send-back"),
    "order-return-nothing": then(
        then(order("arrived"), "[data-return]", "#send-back"),
        "#send-back ~ .actions [type=submit]",
        "main form .alert",
    ),
    "order-cancel-dialog": then(order("paid"), "[data-cancel]", "dialog.ask"),
    "account": there("/account/", ".tiles"),
    "account-orders": ORDERS,
    "account-orders-german": there("/de/account/orders/", ".orders li"),
    "account-orders-none": there("/account/orders/?state=dispatching", ".empty"),
    "account-returns": there("/account/returns/", ".plate"),
    "account-addresses": ADDRESSES,
    "account-address-form": then(ADDRESSES, "[data-edit]", "#editing"),
    "account-address-faults": then(
        then(ADDRESSES, "[data-add]", "#editing"), "main form [type=submit]", "[aria-invalid]"
    ),
    "account-german": there("/de/account/", ".tiles"),
    "account-returns-german": there("/de/account/returns/", ".plate"),
    "account-addresses-german": there("/de/account/addresses/", ".plate"),
    "account-profile-german": there("/de/account/profile/", ".danger"),
    "account-profile": then(
        there("/account/profile/", ".danger"), ".danger summary", "[data-erase]"
    ),
    "account-failed": refused_by(there("/account/", "[data-retry]")),
    "sign-in-known": there("/sign-in/", "main a.button"),
}


def asked(path: str, words: dict[str, str], shown: str) -> Way:
    def go(page: Page, past: Past) -> None:
        page.goto(path.format(past=past))
        for name, text in words.items():
            page.locator(f"main [name={name}]").fill(text.format(past=past))
        page.locator("main form [type=submit]").click()
        expect(page.locator(shown).first).to_be_visible()

    return go


NEWCOMERS = {
    "account-new": there("/account/", ".tiles"),
    "account-orders-new": there("/account/orders/", ".empty"),
    "account-returns-new": there("/account/returns/", "main .member .empty, main .empty"),
    "account-addresses-new": there("/account/addresses/", ".empty"),
    "saved-new": there("/saved/", ".empty"),
}


TRACK = "/track/?number={past.returning}"
GUESTS: dict[str, Way] = {
    "track": there("/track/", "main form"),
    "track-found": asked(TRACK, {"email": "{past.history.email}"}, "[data-found] .timeline"),
    "track-german": asked(f"/de{TRACK}", {"email": "{past.history.email}"}, ".timeline"),
    "track-refused": asked(TRACK, {"email": "eve@example.com"}, ".alert"),
    "order-asked": there("/order/", "main form"),
    "order-elsewhere": there("/order/?number=WS-0000000000", ".alert"),
    "sign-in": there("/sign-in/", "main form"),
    "sign-in-refused": asked(
        "/sign-in/", {"email": "eve@example.com", "password": "not this one"}, ".alert"
    ),
    "sign-in-faults": asked("/sign-in/", {}, "[aria-invalid]"),
    "sign-up": there("/sign-up/", "main form"),
    "sign-up-done": asked(
        "/sign-up/",
        {"name": "Grace", "email": "grace.hopper@example.com", "password": "a good long one"},
        ".good",
    ),
    "verify": there("/verify/", "main form"),
    "verify-refused": there(f"/verify/#{'x' * 43}", ".alert"),
    "reset": there("/reset/", "main form"),
    "reset-asked": asked("/reset/", {"email": "grace.hopper@example.com"}, ".good"),
    "verify-asked": asked("/verify/", {"email": "grace.hopper@example.com"}, ".good"),
    "reset-refused": asked(f"/reset/#{'x' * 43}", {"password": "a good long one"}, ".alert"),
    "sign-up-faults": asked("/sign-up/", {"email": "grace"}, "[aria-invalid]"),
    "track-faults": asked("/track/", {}, "[aria-invalid]"),
    "reset-set": there(f"/reset/#{'x' * 43}", "main form"),
    "saved-none": there("/saved/", ".empty"),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_sees_it_well(visit: Visit, past: Past, look: Look, name: str) -> None:
    visit.tolerated = ("404", "500")
    past.history.enter(visit.context)
    MEMBERS[name](visit.page, past)
    look.at(visit.page, name)


@pytest.mark.parametrize("name", NEWCOMERS)
def test_who_has_bought_nothing_yet_sees_it_well(
    visit: Visit, past: Past, history: History, look: Look, name: str
) -> None:
    del history  # of another account: the browser is signed in with it
    NEWCOMERS[name](visit.page, past)
    look.at(visit.page, name)


@pytest.mark.parametrize("name", GUESTS)
def test_a_guest_sees_it_well(visit: Visit, past: Past, look: Look, name: str) -> None:
    visit.tolerated = ("400", "401", "404")
    GUESTS[name](visit.page, past)
    look.at(visit.page, name)


def test_saved_watches_are_seen_well(visit: Visit, past: Past, look: Look) -> None:
    past.history.enter(visit.context)
    visit.page.goto("/saved/")
    visit.page.evaluate("localStorage.member = '[1]'")
    visit.page.reload()
    expect(visit.page.locator(".card")).to_have_count(len(past.saved))
    look.at(visit.page, "saved-some")


@pytest.mark.parametrize("path", ["/account/orders/", "/account/profile/", "/saved/", "/sign-in/"])
def test_nothing_overflows_at_twice_the_size(visit: Visit, past: Past, path: str) -> None:
    """200 % on a small laptop is a screen of half its width."""
    past.history.enter(visit.context)
    visit.page.set_viewport_size({"width": 640, "height": 400})
    for way in (path, f"/de{path}", f"/order/?number={past.returning}"):
        visit.page.goto(way)
        visit.page.wait_for_load_state("networkidle")
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 640
