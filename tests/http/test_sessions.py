"""Signing in and out: what the cookie is, when it changes, and when it stops working."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Request
from tests.harness import language
from tests.harness.shop import PUBLIC_URL
from tests.http.site import EMAILS, Browser, Site, a_site
from werkzeug.test import EnvironBuilder

from watchstore.entrypoints.http import HttpSettings
from watchstore.entrypoints.http.addresses import origin_of

SESSION = "__Host-session"
EMAIL = EMAILS["customer"]


def set_cookies(answer: Any) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


def stolen(site: Site, secret: str | None) -> Browser:
    """Another browser with the same session secret."""
    browser = site.browser()
    browser.client.set_cookie(SESSION, secret or "", domain="shop.example", secure=True)
    return browser


def test_the_session_cookie_is_bound_to_this_host_and_to_tls(site: Site) -> None:
    language.a_customer(site.house, EMAIL)
    (cookie,) = set_cookies(site.browser().sign_in(EMAIL))
    name, *flags = cookie.split("; ")
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)
    assert any(flag.startswith("Expires=Sun, 15 Mar 2026") for flag in flags)


def test_plain_http_carries_no_host_prefix() -> None:
    site = a_site(HttpSettings(public_url="http://shop.example"))
    language.a_customer(site.house, EMAIL)
    browser = Browser(site.app, "http://shop.example")
    (cookie,) = set_cookies(browser.sign_in(EMAIL))
    assert cookie.startswith("session=")
    assert "Secure" not in cookie
    assert browser.get("account").status_code == 200


def test_who_am_i(site: Site, customer: Browser) -> None:
    assert site.browser().get("session").json == {"user": None}
    user = customer.get("session").json["user"]
    assert (user["email"], user["role"], user["permissions"]) == (EMAIL, "customer", [])


def test_the_secret_has_256_bits_and_is_in_no_answer(site: Site) -> None:
    language.a_customer(site.house, EMAIL)
    browser = site.browser()
    answer = browser.sign_in(EMAIL)
    secret = browser.cookie(SESSION)
    assert secret is not None
    assert len(secret) >= 43
    assert secret not in answer.text


def test_an_identifier_planted_before_sign_in_is_not_used(site: Site) -> None:
    language.a_customer(site.house, EMAIL)
    planted = "A" * 43
    victim = stolen(site, planted)
    assert victim.sign_in(EMAIL).status_code == 201
    assert victim.cookie(SESSION) != planted
    assert stolen(site, planted).get("account").status_code == 401


def test_signing_in_again_rotates_the_secret_and_ends_the_old_session(
    site: Site, customer: Browser
) -> None:
    before = customer.cookie(SESSION)
    customer.sign_in(EMAIL)
    assert customer.cookie(SESSION) != before
    assert customer.get("account").status_code == 200
    assert stolen(site, before).get("account").status_code == 401
    assert customer.get("sessions").json["total"] == 1


def test_signing_in_as_somebody_else_ends_the_first_session(site: Site, customer: Browser) -> None:
    before = customer.cookie(SESSION)
    language.a_customer(site.house, "other@example.com")
    customer.sign_in("other@example.com")
    assert customer.get("account").json["email"] == "other@example.com"
    assert stolen(site, before).get("account").status_code == 401


def test_signing_out_kills_the_session_on_the_server(site: Site, customer: Browser) -> None:
    secret = customer.cookie(SESSION)
    answer = customer.delete("session")
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Max-Age=0" in set_cookies(answer)[0]
    assert customer.cookie(SESSION) is None
    assert stolen(site, secret).get("account").status_code == 401
    assert customer.delete("session").status_code == 204


def test_changing_the_password_signs_out_every_other_device(site: Site, customer: Browser) -> None:
    elsewhere = site.browser()
    elsewhere.sign_in(EMAIL)
    body = {"current": language.PASSWORD, "new": "an even longer sentence"}
    assert customer.put("account/password", body).status_code == 204
    assert customer.get("account").status_code == 200
    assert elsewhere.get("account").status_code == 401
    assert site.browser().sign_in(EMAIL).status_code == 401
    assert site.browser().sign_in(EMAIL, "an even longer sentence").status_code == 201


def test_a_wrong_current_password_changes_nothing(customer: Browser) -> None:
    body = {"current": "a wrong one", "new": "an even longer sentence"}
    answer = customer.put("account/password", body)
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_refused")
    assert customer.get("account").status_code == 200


def test_devices_are_listed_and_ended_one_by_one(site: Site, customer: Browser) -> None:
    phone = site.browser()
    phone.post(
        "session",
        {"email": EMAIL, "password": language.PASSWORD},
        headers={"User-Agent": "Phone\x7f/1.0"},
    )
    devices = customer.get("sessions").json["items"]
    assert sorted((one["device"], one["current"]) for one in devices) == [
        ("", True),
        ("Phone/1.0", False),
    ]
    (other,) = [one["id"] for one in devices if not one["current"]]
    assert customer.delete(f"sessions/{other}").status_code == 204
    assert phone.get("account").status_code == 401
    assert customer.delete(f"sessions/{other}").status_code == 404


def test_nobody_ends_the_session_of_somebody_else(site: Site, customer: Browser) -> None:
    manager = site.signed_in("manager")
    (session,) = customer.get("sessions").json["items"]
    assert manager.delete(f"sessions/{session['id']}").status_code == 404
    assert customer.get("account").status_code == 200


def test_all_other_devices_end_at_once(site: Site, customer: Browser) -> None:
    others = [site.browser() for _ in range(3)]
    for other in others:
        other.sign_in(EMAIL)
    assert customer.delete("sessions").json == {"ended": 3}
    assert customer.get("account").status_code == 200
    assert {other.get("account").status_code for other in others} == {401}


def test_a_session_ends_by_itself(site: Site, customer: Browser) -> None:
    site.house.clock.advance(timedelta(days=14).total_seconds())
    assert customer.get("account").status_code == 401


def test_wrong_password_and_unknown_account_are_answered_alike(site: Site) -> None:
    language.a_customer(site.house, EMAIL)
    known = site.browser().sign_in(EMAIL, "wrong password")
    unknown = site.browser().sign_in("nobody@example.com", "wrong password")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    assert known.status_code == 401
    assert not set_cookies(known)


def test_guessing_is_slowed_down_and_says_until_when(site: Site) -> None:
    language.a_customer(site.house, EMAIL)
    told = [site.browser().sign_in(EMAIL, f"guess {number}") for number in range(30)]
    refused = [answer for answer in told if answer.status_code == 429]
    assert len(told) - len(refused) == 10
    assert int(refused[0].headers["Retry-After"]) == refused[0].json["retry_after"] == 600


@pytest.mark.parametrize(
    ("hops", "forwarded", "tries"), [(0, True, 50), (1, True, 60), (1, False, 50)]
)
def test_the_address_that_limits_count_by(hops: int, *, forwarded: bool, tries: int) -> None:
    """Behind no proxy the header is a lie; behind one, its last entry is the truth."""
    site = a_site(HttpSettings(public_url=PUBLIC_URL, trusted_proxies=hops))
    evaluated = 0
    for number in range(60):
        address = f"203.0.113.{number}" if forwarded else "203.0.113.1"
        answer = site.browser().post(
            "session",
            {"email": f"user{number}@example.com", "password": "guess 123"},
            headers={"X-Forwarded-For": f"10.9.8.{number}, {address}"},
        )
        evaluated += answer.status_code == 401
    assert evaluated == tries


@pytest.mark.parametrize("name", ["remember_token", "session", SESSION, "__Host-cart"])
@pytest.mark.parametrize("value", ["", "x", "a|b", "A" * 5000, "\x01", "eyJ1IjoxfQ.x.y"])
def test_forged_cookies_sign_nobody_in(still: Site, name: str, value: str) -> None:
    answer = still.browser().client.get(
        "/api/v1/account", base_url=PUBLIC_URL, headers={"Cookie": f"{name}={value}"}
    )
    assert answer.status_code == 401


def test_a_forged_remember_me_cookie_signs_nobody_out(customer: Browser) -> None:
    customer.client.set_cookie("remember_token", "a|b", domain="shop.example", secure=True)
    assert customer.get("account").status_code == 200


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", "unknown"),
        (None, "unknown"),
    ],
)
def test_limits_count_one_customer_as_one(address: str | None, counted: str) -> None:
    environ = EnvironBuilder().get_environ() | {"REMOTE_ADDR": address}
    assert origin_of(Request(environ)) == counted


def test_a_guests_cart_is_taken_over(site: Site) -> None:
    offer = site.offer(2)
    language.a_customer(site.house, EMAIL)
    browser = site.browser()
    browser.put(f"cart/lines/{offer}", {"quantity": 2})
    answer = browser.sign_in(EMAIL)
    assert answer.json["cart"] == {"added": [str(offer)], "raised": [], "left_out": []}
    (line,) = browser.get("cart").json["lines"]
    assert (line["offer_id"], line["quantity"]) == (str(offer), 2)


def test_staff_know_what_they_may(site: Site) -> None:
    clerk = site.signed_in("clerk").get("session").json["user"]
    assert clerk["permissions"] == ["edit_stock", "fulfil_orders", "see_orders"]


class Lookups:
    """Counts how the sessions are asked."""

    def __init__(self, behind: Any) -> None:
        self.behind = behind
        self.asked: list[bool] = []

    def find(self, secret_hash: str, *, fresh: bool = False) -> Any:
        self.asked.append(fresh)
        return self.behind.find(secret_hash, fresh=fresh)

    def forget(self, secret_hashes: Any) -> None:
        self.behind.forget(secret_hashes)


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [
        ("GET", "account", [False]),
        ("GET", "cart", [False]),
        ("GET", "office/stock", [True]),
        ("PATCH", "account", [True]),
        ("GET", "watches/no-such-watch", []),
        ("GET", "brands", []),
        ("HEAD", "brands", []),
        ("GET", "health/live", []),
    ],
)
def test_when_the_database_itself_is_asked(method: str, path: str, asked: list[bool]) -> None:
    """A change, and staff, never trust a cache; the public catalogue asks nobody."""
    lookups = Lookups(None)
    site = a_site(sessions=lookups)
    lookups.behind = site.house.storage.sessions
    manager = site.signed_in("manager")
    lookups.asked.clear()
    manager.call(method, path, {"name": "M"} if method == "PATCH" else None)
    assert lookups.asked == asked
