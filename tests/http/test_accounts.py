"""Accounts: the same answer whether or not there is one, and nothing that nobody asked for."""

from typing import Any

import pytest
from tests.harness import language
from tests.http.site import EMAILS, Browser, Site

EMAIL = EMAILS["customer"]
REGISTRATION = {"email": EMAIL, "name": "Ada", "password": language.PASSWORD}


def register(browser: Browser, **more: Any) -> Any:
    return browser.post("account", {**REGISTRATION, **more})


def test_registering_a_taken_address_is_answered_alike(site: Site) -> None:
    first = register(site.browser())
    second = register(site.browser())
    assert first.status_code == second.status_code == 202
    assert first.data == second.data
    names = [set(answer.headers.keys()) for answer in (first, second)]
    assert names[0] == names[1]


def test_registering_again_and_again_tells_nothing(site: Site) -> None:
    """A limit that only taken addresses know would tell them apart."""
    language.a_customer(site.house, EMAIL)
    taken = [register(site.browser()).status_code for _ in range(10)]
    free = [
        register(site.browser(), email=f"new{number}@example.com").status_code
        for number in range(10)
    ]
    assert taken == free == [202] * 10
    language.drain_all(site.house)
    told = [mail for mail in site.house.mailer.sent if "before" in mail.text]
    assert len(told) <= 5


def test_a_new_account_works_once_its_mail_is_read(site: Site, browser: Browser) -> None:
    register(browser)
    assert browser.sign_in(EMAIL).status_code == 401
    language.drain_all(site.house)
    token = language.mailed_secret(site.house, EMAIL)
    assert browser.post("account/verification", {"token": token}).status_code == 204
    assert browser.sign_in(EMAIL).status_code == 201
    again = browser.post("account/verification", {"token": token})
    assert (again.status_code, again.json["code"]) == (400, "invalid_token")


@pytest.mark.parametrize(
    "extra",
    [
        {"role": "manager"},
        {"is_admin": True},
        {"permissions": ["edit_staff"]},
        {"verified": True},
        {"verified_at": "2026-01-01T00:00:00Z"},
        {"id": "5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11"},
        {"password_hash": "x"},
        {"origin": "local"},
        {"__class__": "Staff"},
        {"": ""},
    ],
    ids=str,
)
def test_nobody_registers_as_more_than_a_customer(
    site: Site, browser: Browser, extra: dict[str, Any]
) -> None:
    answer = register(browser, **extra)
    assert answer.status_code == 422
    (field,) = extra
    assert answer.json["errors"] == [{"field": field, "message": "Unknown field."}]
    assert register(browser).status_code == 202
    language.drain_all(site.house)
    token = language.mailed_secret(site.house, EMAIL)
    browser.post("account/verification", {"token": token})
    browser.sign_in(EMAIL)
    assert browser.get("account").json["role"] == "customer"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "x" * 260 + "@example.com"}, "email"),
        ({"email": None}, "email"),
        ({"email": 5}, "email"),
        ({"email": ["a@example.com"]}, "email"),
        ({"name": ""}, "name"),
        ({"name": " \t "}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "x" * 257}, "password"),
    ],
    ids=str,
)
def test_what_cannot_be_registered(browser: Browser, changed: dict[str, Any], field: str) -> None:
    answer = register(browser, **changed)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


def test_every_missing_field_is_named(browser: Browser) -> None:
    answer = browser.post("account", {})
    assert sorted(fault["field"] for fault in answer.json["errors"]) == [
        "email",
        "name",
        "password",
    ]


def test_an_account_is_read_and_renamed(customer: Browser) -> None:
    assert customer.patch("account", {"name": "Ada King"}).json["name"] == "Ada King"
    account = customer.get("account")
    assert account.json["name"] == "Ada King"
    assert account.headers["Cache-Control"] == "no-store"
    assert customer.patch("account", {"email": "other@example.com"}).status_code == 422
    assert customer.patch("account", {"name": "A", "role": "manager"}).status_code == 422
    assert customer.get("account").json["role"] == "customer"


def test_a_reset_is_asked_for_alike_for_unknown_addresses(site: Site) -> None:
    language.a_customer(site.house, EMAIL)
    known = site.browser().post("account/password-reset", {"email": EMAIL})
    unknown = site.browser().post("account/password-reset", {"email": "nobody@example.com"})
    assert known.status_code == unknown.status_code == 202
    assert known.data == unknown.data


def test_a_reset_sets_the_password_once_and_signs_out(site: Site, customer: Browser) -> None:
    customer.post("account/password-reset", {"email": EMAIL})
    language.drain_all(site.house)
    token = language.mailed_secret(site.house, EMAIL)
    body = {"token": token, "password": "a whole new sentence"}
    anybody = site.browser()
    assert anybody.put("account/password-reset", body | {"password": "short"}).status_code == 422
    assert anybody.put("account/password-reset", body).status_code == 204
    assert customer.get("account").status_code == 401
    assert anybody.put("account/password-reset", body).json["code"] == "invalid_token"
    assert anybody.sign_in(EMAIL, "a whole new sentence").status_code == 201
