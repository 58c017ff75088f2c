"""Stripe on the payment step: its script is a stand-in, at the address of the real one.

The shop behind has the test gateway, so the token of Stripe is exchanged on the way.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from tests.browser.visit import BUYER, Visit

from watchstore.entrypoints.http.page_policy import STRIPE_POLICY

SCRIPT = Path(__file__).with_name("stripe.js").read_text(encoding="utf-8")
SECRET = "pi_1_secret_2"
Answer = Callable[[Route], None]


def stripe_shop(visit: Visit) -> list[str]:
    """What is asked of Stripe, as it is asked."""
    asked: list[str] = []
    page = visit.page

    def at_stripe(route: Route) -> None:
        asked.append(route.request.url)
        kind = "text/html" if route.request.url.endswith(".html") else "text/javascript"
        body = "<title>Card</title>" if kind == "text/html" else SCRIPT
        route.fulfill(body=body, content_type=kind)

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": STRIPE_POLICY}
        route.fulfill(response=answer, headers=headers)

    page.route("https://js.stripe.com/**", at_stripe)
    page.route("**/checkout/**", lambda route: _documents_only(route, with_policy))
    page.route(
        "**/api/v1/payment-methods",
        lambda route: route.fulfill(json={"gateway": "stripe", "publishable_key": "pk_test_1"}),
    )
    return asked


def _documents_only(route: Route, answer: Answer) -> None:
    if route.request.resource_type == "document":
        answer(route)
    else:
        route.fallback()


def exchanging(visit: Visit, card: str, change: Callable[[Any], Any]) -> list[Any]:
    """Orders go out with a card of the test gateway, and come back changed."""
    sent: list[Any] = []

    def exchange(route: Route) -> None:
        sent.append(route.request.post_data_json)
        body = {**sent[-1], "payment": {"card": card}}
        answer = route.fetch(post_data=json.dumps(body))
        route.fulfill(response=answer, json=change(answer.json()))

    visit.page.route("**/api/v1/checkouts/*/order", exchange)
    return sent


def asks_the_bank(receipt: Any) -> Any:
    action = {"kind": "confirm", "client_secret": SECRET}
    return {**receipt, "state": "awaiting_payment", "action": action}


def calls(visit: Visit, name: str) -> list[Any]:
    found: list[Any] = visit.page.evaluate("window.stripeCalls")
    return [call[1:] for call in found if call[0] == name]


def to_the_card(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    visit.say_delivery()
    expect(visit.page.frame_locator("iframe").locator("html")).to_be_attached()
    expect(visit.submit).to_be_enabled()


def test_stripe_is_asked_on_the_payment_step_and_not_before(visit: Visit) -> None:
    asked = stripe_shop(visit)
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    assert asked == []
    visit.say_delivery()
    expect(visit.submit).to_be_enabled()
    assert asked[0] == "https://js.stripe.com/v3/"
    ((key, _),) = calls(visit, "Stripe")
    ((given,),) = calls(visit, "elements")
    assert key == "pk_test_1"
    assert (given["amount"], given["currency"]) == (710_000, "usd")
    assert given["paymentMethodCreation"] == "manual"


def test_the_token_is_ordered_with_and_no_card_comes_to_us(visit: Visit) -> None:
    stripe_shop(visit)
    sent = exchanging(visit, "tok_accepted", lambda receipt: receipt)
    to_the_card(visit)
    visit.submit.click()
    expect(visit.step).to_have_text("Check and order")
    expect(visit.page.locator(".said", has_text="VISA ···· 4242")).to_be_visible()
    ((given,),) = calls(visit, "createPaymentMethod")
    assert given["billing_details"]["email"] == BUYER["email"]
    assert given["billing_details"]["address"]["city"] == BUYER["city"]
    visit.submit.click()
    visit.thanked()
    assert [body["payment"] for body in sent] == [{"card": "pm_1Fake"}]


def test_a_fault_of_the_card_is_said_beside_it(visit: Visit) -> None:
    stripe_shop(visit)
    to_the_card(visit)
    visit.page.evaluate("window.cardFault = 'Your card number is incomplete.'")
    visit.submit.click()
    expect(visit.page.locator("#f-card-fault")).to_have_text("Your card number is incomplete.")
    visit.page.evaluate("window.cardFault = ''")
    visit.submit.click()
    expect(visit.step).to_have_text("Check and order")


def test_the_bank_asks_and_the_order_is_paid(visit: Visit) -> None:
    stripe_shop(visit)
    exchanging(visit, "tok_accepted", asks_the_bank)
    to_the_card(visit)
    visit.submit.click()
    with visit.page.expect_request("**/api/v1/orders/*/payment") as asked:
        visit.submit.click()
    assert asked.value.method == "POST"
    visit.thanked()


def test_the_bank_is_asked_again_after_a_reload(visit: Visit) -> None:
    page = visit.page
    visit.tolerated = ("503",)
    stripe_shop(visit)
    exchanging(visit, "tok_accepted", asks_the_bank)
    page.route("**/api/v1/orders/*/payment", lambda route: route.fulfill(status=503, json={}))
    to_the_card(visit)
    visit.submit.click()
    visit.submit.click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    page.unroute("**/api/v1/orders/*/payment")
    page.reload()
    visit.thanked()


def test_what_the_bank_refuses_is_not_ordered_and_another_card_pays(visit: Visit) -> None:
    page = visit.page
    visit.tolerated = ("402",)
    stripe_shop(visit)
    exchanging(visit, "tok_accepted", asks_the_bank)
    declined = {"code": "payment_declined", "status": 402, "detail": "The payment was declined."}
    page.route(
        "**/api/v1/orders/*/payment",
        lambda route: route.fulfill(
            status=402, json=declined, content_type="application/problem+json"
        ),
    )
    to_the_card(visit)
    visit.submit.click()
    visit.submit.click()
    expect(visit.step).to_have_text("Payment")
    expect(page.get_by_role("alert").filter(has_text="declined")).to_be_visible()
    expect(page.locator("[data-bag-count]")).to_have_text("1")
    page.unroute("**/api/v1/orders/*/payment")
    expect(visit.submit).to_be_enabled()
    visit.submit.click()
    expect(visit.step).to_have_text("Check and order")
    visit.submit.click()
    visit.thanked()


def test_a_script_that_does_not_come_is_told_and_tried_again(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    page = visit.page
    stripe_shop(visit)
    page.route("https://js.stripe.com/**", lambda route: route.abort())
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    visit.say_delivery()
    expect(page.get_by_role("alert").filter(has_text="js.stripe.com")).to_be_visible()
    expect(visit.submit).to_be_disabled()
    page.unroute("https://js.stripe.com/**")
    stripe_shop(visit)
    page.get_by_role("button", name="Try again").click()
    expect(visit.submit).to_be_enabled()


def test_without_a_gateway_the_payment_step_says_so(visit: Visit) -> None:
    visit.page.route(
        "**/api/v1/payment-methods",
        lambda route: route.fulfill(json={"gateway": "none", "publishable_key": None}),
    )
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    visit.say_delivery()
    expect(visit.page.get_by_role("alert").filter(has_text="no payments")).to_be_visible()


@pytest.mark.parametrize("path", ["/checkout/", "/cart/"])
def test_without_stripe_the_policy_admits_nobody(visit: Visit, path: str) -> None:
    answer = visit.page.goto(path)
    assert answer is not None
    assert "stripe" not in answer.headers["content-security-policy"]
