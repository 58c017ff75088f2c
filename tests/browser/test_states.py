"""The shop in states that a purchase can come to on its way, as they look and to axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.history import ADDRESS, Past
from tests.browser.looking import Look
from tests.browser.rivals import rival_buys, rival_holds
from tests.browser.test_card import asks_the_bank, exchanging, stripe_shop, to_the_card
from tests.browser.test_wrist import watch_page
from tests.browser.visit import BUYER, Visit

from watchstore.domain import Money
from watchstore.service_layer.commands import RepriceOffer

Way = Callable[[Visit], None]


def to_payment(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    visit.say_delivery()


def signed_in(visit: Visit, past: Past) -> None:
    past.history.enter(visit.context)
    visit.put_in_bag(visit.window.take())
    visit.page.goto("/checkout/")


def stripe_fields(visit: Visit) -> None:
    stripe_shop(visit)
    to_the_card(visit)


def stripe_fault(visit: Visit) -> None:
    stripe_fields(visit)
    visit.page.evaluate("window.cardFault = 'Your card number is incomplete.'")
    visit.submit.click()
    expect(visit.page.locator("#f-card-fault")).not_to_be_empty()


def stripe_awaited(visit: Visit) -> None:
    stripe_shop(visit)
    visit.page.route("https://js.stripe.com/**", lambda _: None)
    to_payment(visit)
    expect(visit.page.locator("[data-fields] .waiting")).to_be_visible()


def stripe_missing(visit: Visit) -> None:
    stripe_shop(visit)
    visit.page.route("https://js.stripe.com/**", lambda route: route.abort())
    to_payment(visit)
    expect(visit.page.locator("[data-fields] .alert")).to_be_visible()


def stripe_bank_asks(visit: Visit) -> None:
    stripe_shop(visit)
    exchanging(visit, "tok_accepted", asks_the_bank)
    visit.page.route("**/api/v1/orders/*/payment", lambda _: None)
    to_the_card(visit)
    visit.submit.click()
    visit.submit.click()
    expect(visit.page.locator("main [data-waiting]")).to_contain_text("Waiting for your bank")


def pretended_bank_asks(visit: Visit) -> None:
    to_payment(visit)
    visit.choose_card("challenge")
    visit.submit.click()
    expect(visit.page.get_by_role("dialog", name="The test bank")).to_be_visible()


def bank_not_answered(visit: Visit) -> None:
    pretended_bank_asks(visit)
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("main .alert")).to_contain_text("not confirmed it yet")


def bank_is_slow(visit: Visit) -> None:
    to_payment(visit)
    visit.choose_card("accepted")
    visit.page.route("**/api/v1/checkouts/*/order", lambda _: None)
    visit.submit.click()
    expect(visit.page.locator("main [data-waiting]")).to_contain_text("takes its time")


def declined(visit: Visit) -> None:
    to_payment(visit)
    visit.choose_card("declined")
    visit.submit.click()
    expect(visit.page.locator("main form .alert")).to_contain_text("declined")


def no_gateway(visit: Visit) -> None:
    visit.page.route(
        "**/api/v1/payment-methods",
        lambda route: route.fulfill(json={"gateway": "none", "publishable_key": None}),
    )
    to_payment(visit)
    expect(visit.page.locator("main .form .alert")).to_be_visible()


def gateway_unknown(visit: Visit) -> None:
    visit.page.route("**/api/v1/payment-methods", lambda route: route.abort())
    to_payment(visit)
    expect(visit.page.locator("main [data-again]")).to_be_visible()


def order_unheard(visit: Visit) -> None:
    to_payment(visit)
    visit.choose_card("accepted")
    visit.page.route("**/api/v1/checkouts/*/order", _too_busy)
    visit.submit.click()
    expect(visit.page.locator("main form .alert")).to_contain_text(
        "Press the button again", timeout=15_000
    )


def _too_busy(route: Route) -> None:
    problem = {"code": "in_progress", "status": 409, "detail": "It is being placed."}
    route.fulfill(status=409, json=problem, content_type="application/problem+json")


def picked_up(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    visit.page.locator("[value=pick_up]").check()
    expect(visit.page.locator("[name=street]")).to_be_hidden()


def price_changed(visit: Visit) -> None:
    spare = visit.window.take()
    visit.put_in_bag(spare)
    visit.window.shop.reprice_offer(RepriceOffer(spare.offer, Money.of("7200", "USD")))
    visit.page.goto("/cart/")
    expect(visit.page.locator("main .warn")).to_contain_text("when you chose it")


def sold_in_the_bag(visit: Visit) -> None:
    spare = visit.window.take()
    visit.put_in_bag(spare)
    for _ in range(2):
        assert rival_buys(visit.window, spare.offer).status == 201
    visit.page.goto("/cart/")
    expect(visit.page.locator("main .warn").first).to_contain_text("has been sold")


def reserved(visit: Visit) -> None:
    spare = visit.window.take()
    for _ in range(2):
        rival_holds(visit.window, spare.offer)
    visit.page.goto(f"/watches/{spare.slug}/")
    expect(visit.page.locator("[data-buy]")).to_contain_text("Somebody is buying it")


def sold(visit: Visit) -> None:
    spare = visit.window.take()
    for _ in range(2):
        assert rival_buys(visit.window, spare.offer).status == 201
    visit.page.goto(f"/watches/{spare.slug}/")
    expect(visit.page.locator("[data-buy] [data-put]")).to_be_disabled()


def removed(visit: Visit) -> None:
    bag = visit.put_in_bag(visit.window.shown)
    bag.locator("[data-remove]").click()
    expect(visit.page.get_by_role("button", name="Undo")).to_be_visible()


def withdrawn(visit: Visit) -> None:
    visit.page.route("**/api/v1/watches/*", _not_found)
    visit.page.goto(f"/watches/{visit.window.shown.slug}/")
    expect(visit.page.locator("[data-buy]")).to_contain_text("left the catalogue")


def _not_found(route: Route) -> None:
    problem = {"code": "not_found", "status": 404, "detail": "There is no such watch."}
    route.fulfill(status=404, json=problem, content_type="application/problem+json")


def on_the_wrist(visit: Visit) -> None:
    visit.page.goto(watch_page())
    visit.page.locator("[data-wrist] summary").click()
    expect(visit.page.locator("[data-wrist] img")).to_be_visible()
    visit.page.wait_for_load_state("networkidle")


def seen_before(visit: Visit) -> None:
    for spare in (visit.window.take(), visit.window.take(), visit.window.shown):
        visit.page.goto(f"/watches/{spare.slug}/")
        expect(visit.page.locator("[data-buy] [data-put]")).to_be_visible()
    recents = visit.page.locator("[data-recents]")
    expect(recents.locator(".card")).to_have_count(2)
    recents.scroll_into_view_if_needed()


def on_the_second_page(visit: Visit) -> None:
    visit.page.goto("/watches/?brand=omega")
    visit.page.locator("[data-next]").click()
    expect(visit.page.locator("[data-previous]")).to_be_enabled()
    expect(visit.page.locator("[data-cards]")).to_have_attribute("aria-busy", "false")


def not_looked_up(visit: Visit) -> None:
    visit.page.route("**/api/v1/watches?*", lambda route: route.abort())
    visit.page.goto("/watches/?q=moon")
    expect(visit.page.locator("[data-retry]")).to_be_visible()


def five_to_compare(visit: Visit) -> None:
    visit.page.goto("/watches/?brand=omega")
    expect(visit.page.locator("[data-cards]")).to_have_attribute("aria-busy", "false")
    for index in range(5):
        visit.page.locator(".cards [data-compare]").nth(index).click()
    expect(visit.page.locator("#toast")).to_contain_text("four watches")


def searched_before(visit: Visit) -> None:
    visit.page.goto("/")
    for text in ("speedmaster", "moon"):
        visit.page.keyboard.press("/")
        visit.page.locator("#q").fill(text)
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("[data-search-line]")).to_contain_text(text)
    visit.page.keyboard.press("/")
    visit.page.locator("#q").fill("")
    expect(visit.page.locator("#suggestions [role=option]").first).to_be_visible()


def menu(visit: Visit) -> None:
    visit.page.goto("/")
    visit.page.locator("[data-open=menu]").first.click()
    expect(visit.page.locator("#menu")).to_be_visible()


STATES: dict[str, Way] = {
    "stripe-fields": stripe_fields,
    "stripe-fault": stripe_fault,
    "stripe-awaited": stripe_awaited,
    "stripe-missing": stripe_missing,
    "stripe-bank": stripe_bank_asks,
    "test-bank": pretended_bank_asks,
    "bank-not-answered": bank_not_answered,
    "bank-slow": bank_is_slow,
    "checkout-declined": declined,
    "checkout-no-gateway": no_gateway,
    "checkout-gateway-unknown": gateway_unknown,
    "checkout-unheard": order_unheard,
    "checkout-pick-up": picked_up,
    "cart-price-changed": price_changed,
    "cart-sold": sold_in_the_bag,
    "watch-reserved": reserved,
    "watch-sold": sold,
    "watch-withdrawn": withdrawn,
    "watch-wrist": on_the_wrist,
    "watch-seen-before": seen_before,
    "bag-removed": removed,
    "listing-second": on_the_second_page,
    "listing-down": not_looked_up,
    "compare-full": five_to_compare,
    "searched-before": searched_before,
    "menu": menu,
}


@pytest.mark.parametrize("name", STATES)
def test_it_has_no_faults(visit: Visit, look: Look, name: str) -> None:
    visit.tolerated = ("402", "404", "409", "net::ERR")
    STATES[name](visit)
    look.at(visit.page, name)


def test_a_member_who_is_signed_out_has_no_faults(visit: Visit, past: Past, look: Look) -> None:
    visit.tolerated = ("400", "404")
    signed_in(visit, past)
    expect(visit.step).to_have_text("Contact")
    look.at(visit.page, "checkout-signed-in")
    visit.submit.click()
    expect(visit.page.locator("[data-book]")).to_be_visible()
    expect(visit.page.locator("main [name=street]")).to_have_value(ADDRESS["street"])
    look.at(visit.page, "checkout-address-book")
    visit.submit.click()
    expect(visit.step).to_have_text("Payment")
    visit.context.clear_cookies(name="session")
    visit.page.locator("[value=tok_accepted]").check()
    visit.submit.click()
    visit.submit.click()
    expect(visit.page.locator("[data-over] .alert")).to_contain_text("signed out")
    look.at(visit.page, "checkout-signed-out")


@pytest.mark.parametrize("step", ["contact", "delivery", "payment", "review", "bank"])
def test_in_german_a_step_has_no_faults(visit: Visit, look: Look, step: str) -> None:
    visit.put_in_bag(visit.window.take())
    page = visit.page
    page.goto("/de/checkout/")
    for passed in ("contact", "delivery", "payment", "review"):
        expect(page.locator(".steps [aria-current]")).to_be_visible()
        page.wait_for_url(f"**/?step={passed}")
        if passed == step:
            break
        _answer(page)
        visit.submit.click()
    if step == "bank":
        expect(page.get_by_role("dialog", name="Die Testbank")).to_be_visible()
    look.at(page, f"checkout-{step}-german")


def _answer(page: Page) -> None:
    for name, value in BUYER.items():
        if page.locator(f"main [name={name}]").count():
            page.locator(f"main [name={name}]").fill(value)
    if page.locator("[value=tok_challenge]").count():
        page.locator("[value=tok_challenge]").check()
