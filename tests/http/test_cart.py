"""The cart over HTTP: a guest's cookie, versions, and only the quantity taken from a client."""

from typing import Any
from uuid import uuid4

import pytest
from tests.http.site import Browser, Site

CART = "__Host-cart"


def test_a_guest_gets_a_cart_with_the_first_line(site: Site, browser: Browser) -> None:
    assert browser.get("cart").json == {"version": 0, "lines": [], "subtotal": None}
    assert browser.cookie(CART) is None
    offer = site.offer(3)
    answer = browser.put(f"cart/lines/{offer}", {"quantity": 2})
    (line,) = answer.json["lines"]
    assert (line["offer_id"], line["quantity"], line["price"]) == (
        str(offer),
        2,
        {"amount": 580_000, "currency": "USD"},
    )
    assert answer.json["subtotal"] == {"amount": 1_160_000, "currency": "USD"}
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"} <= set(
        cookie.split("; ")
    )
    assert len(browser.cookie(CART) or "") >= 43
    assert browser.get("cart").json == answer.json
    assert "Set-Cookie" not in browser.put(f"cart/lines/{offer}", {"quantity": 1}).headers


def test_a_refused_line_leaves_no_cookie(browser: Browser) -> None:
    answer = browser.put(f"cart/lines/{uuid4()}", {"quantity": 1})
    assert (answer.status_code, answer.json["code"]) == (409, "not_for_sale")
    assert "Set-Cookie" not in answer.headers


def test_carts_are_apart(site: Site) -> None:
    one, other = site.guest(), site.guest()
    assert one.get("cart").json["lines"] != other.get("cart").json["lines"]


def test_a_line_is_taken_out(site: Site, browser: Browser) -> None:
    offer = site.offer()
    assert browser.delete(f"cart/lines/{offer}").json["lines"] == []
    browser.put(f"cart/lines/{offer}", {"quantity": 1})
    assert browser.delete(f"cart/lines/{offer}").json["lines"] == []


def test_a_change_of_an_older_cart_is_refused(site: Site, browser: Browser) -> None:
    offer = site.offer(5)
    tag = browser.put(f"cart/lines/{offer}", {"quantity": 1}).headers["ETag"]
    fresh = browser.put(f"cart/lines/{offer}", {"quantity": 2}, headers={"If-Match": tag})
    assert fresh.status_code == 200
    for method, body in (("PUT", {"quantity": 3}), ("DELETE", None)):
        stale = browser.call(method, f"cart/lines/{offer}", body, headers={"If-Match": tag})
        assert (stale.status_code, stale.json["code"]) == (412, "stale_version")
    nonsense = browser.delete(f"cart/lines/{offer}", headers={"If-Match": '"x"'})
    assert nonsense.status_code == 412
    assert browser.get("cart").json["lines"][0]["quantity"] == 2
    any_will_do = browser.delete(f"cart/lines/{offer}", headers={"If-Match": "*"})
    assert any_will_do.json["lines"] == []


def test_a_cart_follows_its_account(site: Site, customer: Browser) -> None:
    offer = site.offer()
    answer = customer.put(f"cart/lines/{offer}", {"quantity": 1})
    assert "Set-Cookie" not in answer.headers
    elsewhere = site.browser()
    elsewhere.sign_in("customer@example.com")
    assert elsewhere.get("cart").json == customer.get("cart").json
    customer.delete("session")
    assert customer.get("cart").json["lines"] == []


IMPOSSIBLE: list[Any] = [
    0, -1, 11, 10**6, 2**31, 2**63, 2**64, -(2**63), 1.0, 1.5, 1e300, "1", "", "x", True, False,
    None, [], [1], {},
]  # fmt: skip


@pytest.mark.parametrize("quantity", IMPOSSIBLE, ids=repr)
def test_impossible_quantities(site: Site, browser: Browser, quantity: Any) -> None:
    offer = site.offer(1)
    answer = browser.put(f"cart/lines/{offer}", {"quantity": quantity})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "quantity"
    assert browser.get("cart").json["lines"] == []


@pytest.mark.parametrize("field", ["price", "amount", "user_id", "owner", "version", "currency"])
def test_nothing_but_the_quantity_is_taken(site: Site, browser: Browser, field: str) -> None:
    offer = site.offer()
    answer = browser.put(f"cart/lines/{offer}", {"quantity": 1, field: 1})
    assert answer.json["errors"] == [{"field": field, "message": "Unknown field."}]


@pytest.mark.parametrize("cookie", ["x", "a b", "A" * 200, "../../etc", "Ä" * 30])
def test_a_cart_cookie_that_we_never_made_is_none(site: Site, cookie: str) -> None:
    browser = site.browser()
    headers = {"Cookie": f"{CART}={cookie}"}
    assert browser.get("cart", headers=headers).json["version"] == 0
