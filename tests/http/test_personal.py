"""What an account keeps over HTTP: its own and nobody else's."""

from typing import Any
from uuid import uuid4

import pytest
from tests.harness import language
from tests.http.site import ADDRESS, EMAILS, Browser, Site, a_site, order_body

SLUG = "grand-seiko-heritage-sbga211"
OTHER = ADDRESS | {"street": "Gasse 2"}


@pytest.fixture
def site() -> Site:
    return a_site()


@pytest.fixture
def customer(site: Site) -> Browser:
    return site.signed_in("customer")


@pytest.fixture
def eve(site: Site) -> Browser:
    browser = site.browser()
    language.a_customer(site.house, "eve@example.com")
    browser.sign_in("eve@example.com")
    return browser


def keep(browser: Browser, body: Any = ADDRESS, **more: Any) -> Any:
    return browser.post("account/addresses", body, **more)


def streets(browser: Browser) -> list[tuple[str, bool]]:
    answer = browser.get("account/addresses")
    assert answer.headers["Cache-Control"] == "no-store"
    return [(row["street"], row["default"]) for row in answer.json["items"]]


class TestAddresses:
    def test_are_kept_changed_and_removed(self, customer: Browser) -> None:
        first = keep(customer)
        assert first.status_code == 201
        assert first.headers["Location"] == f"/api/v1/account/addresses/{first.json['id']}"
        assert first.json["default"] is True
        second = keep(customer, OTHER | {"default": True}).json
        assert streets(customer) == [("Gasse 2", True), ("Rue du Lac 1", False)]
        path = f"account/addresses/{first.json['id']}"
        changed = customer.put(path, ADDRESS | {"street": "Quai 3", "default": True})
        assert (changed.status_code, changed.json["default"]) == (200, True)
        assert customer.delete(f"account/addresses/{second['id']}").status_code == 204
        assert streets(customer) == [("Quai 3", True)]

    def test_of_somebody_else_are_not_there(self, customer: Browser, eve: Browser) -> None:
        path = f"account/addresses/{keep(customer).json['id']}"
        assert eve.put(path, OTHER).status_code == 404
        assert eve.delete(path).status_code == 404
        assert (streets(eve), streets(customer)) == ([], [("Rue du Lac 1", True)])

    def test_with_a_key_are_kept_once(self, customer: Browser) -> None:
        headers = {"Idempotency-Key": uuid4().hex}
        first, second = keep(customer, headers=headers), keep(customer, headers=headers)
        assert first.json == second.json
        assert keep(customer, OTHER, headers=headers).json["code"] == "idempotency_key_reused"
        assert len(streets(customer)) == 1

    def test_have_an_end(self, customer: Browser) -> None:
        answers = [keep(customer) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [201] * 10 + [409]
        assert (answers[-1].json["code"], answers[-1].json["most"]) == ("address_limit", 10)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"country": "CHE"}, "country"),
            ({"country": "1!"}, "country"),
            ({"street": ""}, "street"),
            ({"street": "x" * 121}, "street"),
            ({"city": " "}, "city"),
            ({"default": 1}, "default"),
            ({"owner": "me"}, "owner"),
        ],
        ids=str,
    )
    def test_faults_are_named(self, customer: Browser, change: dict[str, Any], field: str) -> None:
        answer = keep(customer, ADDRESS | change)
        assert answer.status_code == 422
        assert [fault["field"] for fault in answer.json["errors"]] == [field]


class TestWishes:
    def test_are_merged_and_taken_off(self, site: Site, customer: Browser) -> None:
        language.a_watch(site.house)
        merged = customer.post("account/wishlist", {"slugs": [SLUG, "gone", SLUG]}).json
        assert ([row["slug"] for row in merged["items"]], merged["left_out"]) == ([SLUG], ["gone"])
        assert customer.get("account/wishlist").json["total"] == 1
        assert customer.delete(f"account/wishlist/{SLUG}").status_code == 204
        assert customer.delete(f"account/wishlist/{SLUG}").status_code == 204
        assert customer.get("account/wishlist").json["items"] == []

    def test_are_ones_own(self, site: Site, customer: Browser, eve: Browser) -> None:
        language.a_watch(site.house)
        customer.post("account/wishlist", {"slugs": [SLUG]})
        eve.delete(f"account/wishlist/{SLUG}")
        assert eve.get("account/wishlist").json["items"] == []
        assert customer.get("account/wishlist").json["total"] == 1

    @pytest.mark.parametrize("slugs", [[], ["a"] * 101, [""], [5], "a", None], ids=repr)
    def test_want_a_list_of_addresses(self, customer: Browser, slugs: Any) -> None:
        assert customer.post("account/wishlist", {"slugs": slugs}).status_code == 422


def test_returns_name_their_order(site: Site, customer: Browser, eve: Browser) -> None:
    offer = site.offer()
    number = customer.order(order_body(offer)).json["number"]
    manager = site.signed_in("manager")
    manager.post(f"office/orders/{number}/ship", {"carrier": "DHL", "tracking": "1"})
    line = {"offer_id": str(offer), "quantity": 1}
    shown = customer.get(f"orders/{number}").json
    assert (shown["lines"][0]["returnable"], shown["return_until"]) == (1, None)
    customer.post(f"orders/{number}/returns", {"lines": [line]})
    (row,) = customer.get("account/returns").json["items"]
    assert (row["number"], row["state"]) == (number, "requested")
    assert customer.get(f"orders/{number}").json["lines"][0]["returnable"] == 0
    assert eve.get("account/returns").json["items"] == []


def test_everything_can_be_taken_away(site: Site, customer: Browser) -> None:
    number = customer.order(order_body(site.offer())).json["number"]
    keep(customer)
    answer = customer.get("account/export")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert told["account"]["email"] == EMAILS["customer"]
    assert [order["number"] for order in told["orders"]] == [number]
    assert {entry["by"] for entry in told["orders"][0]["timeline"]} <= {"buyer", "gateway", "shop"}
    assert [row["street"] for row in told["addresses"]] == ["Rue du Lac 1"]


class TestErasing:
    def test_signs_out_and_forgets(self, site: Site, customer: Browser) -> None:
        elsewhere = site.browser()
        elsewhere.sign_in(EMAILS["customer"])
        answer = customer.delete("account", json={"password": language.PASSWORD})
        assert answer.status_code == 204
        assert customer.cookie("__Host-session") is None
        assert elsewhere.get("account").status_code == 401
        assert site.browser().sign_in(EMAILS["customer"]).status_code == 401

    @pytest.mark.parametrize(
        ("body", "status"),
        [({"password": "wrong"}, 401), ({}, 422), ({"password": ""}, 422)],
        ids=str,
    )
    def test_wants_the_password(self, customer: Browser, body: Any, status: int) -> None:
        assert customer.delete("account", json=body).status_code == status
        assert customer.get("account").status_code == 200

    def test_is_not_for_staff(self, site: Site) -> None:
        clerk = site.signed_in("clerk")
        answer = clerk.delete("account", json={"password": language.PASSWORD})
        assert (answer.status_code, answer.json["code"]) == (403, "not_permitted")


def test_the_confirming_mail_is_asked_for_alike_for_every_address(site: Site) -> None:
    language.a_customer(site.house, "ada@example.com")
    answers = [
        site.browser().post("account/verification-mail", {"email": email})
        for email in ("ada@example.com", "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].data == answers[1].data
