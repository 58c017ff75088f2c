"""A checkout over HTTP: held at once, said in any order, seen by nobody else."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.harness import language
from tests.http.site import ADDRESS, CONTACT, Browser, Site

from watchstore.domain import OfferId
from watchstore.service_layer.commands import RepriceOffer


def started(browser: Browser, site: Site, pieces: int = 1, **more: Any) -> Any:
    """A checkout of one new watch."""
    offer = site.offer(pieces, **more)
    browser.put(f"cart/lines/{offer}", {"quantity": 1})
    answer = browser.post("checkouts")
    assert answer.status_code == 201, answer.text
    return answer


def offer_in(checkout: Any) -> OfferId:
    (line,) = checkout["lines"]
    return OfferId(UUID(line["offer_id"]))


def ordered(browser: Browser, path: str, key: str | None = None, **more: Any) -> Any:
    body = {"payment": {"card": "tok_accepted"}, **more}
    headers = {"Idempotency-Key": key or uuid4().hex}
    return browser.post(f"{path}/order", body, headers=headers)


def test_a_guest_holds_says_the_rest_and_buys(site: Site, browser: Browser) -> None:
    answer = started(browser, site)
    path = answer.headers["Location"]
    held = answer.json
    assert (held["state"], held["missing"]) == ("open", ["contact", "address"])
    assert held["expires_at"] == "2026-03-01T12:10:00+00:00"
    assert answer.headers["Cache-Control"] == "no-store"
    assert language.states(site.house, offer_in(held)) == ["held"]

    browser.patch(path, {"delivery": "express"})
    browser.patch(path, {"address": ADDRESS})
    told = browser.patch(path, {"contact": CONTACT}).json
    assert told["missing"] == []
    assert told["delivery_price"] == {"amount": 4_500, "currency": "USD"}
    assert told["total"] == {"amount": 584_500, "currency": "USD"}
    assert told == browser.get(path).json

    receipt = ordered(browser, path, expected_total=told["total"])
    assert (receipt.status_code, receipt.json["state"]) == (201, "paid")
    assert receipt.json["total"] == told["total"]
    assert browser.get("cart").json["lines"] == []
    done = browser.get(path).json
    assert (done["state"], done["order_number"]) == ("ordered", receipt.json["number"])


def test_the_sheet_says_tax_and_discount(site: Site, browser: Browser) -> None:
    language.a_voucher(site.house)
    path = started(browser, site, currency="EUR", price="1190").headers["Location"]
    home = {**ADDRESS, "country": "DE"}
    told = browser.patch(path, {"address": home, "voucher": "ten"}).json
    assert told["items_price"]["amount"] == 119_000
    assert told["discount"]["amount"] == 11_900
    assert (told["tax"]["amount"], told["tax_percent"]) == (17_100, "19")
    assert (told["net"]["amount"], told["total"]["amount"]) == (90_000, 107_100)
    assert told["lines"][0]["total"]["amount"] == 107_100
    assert (told["voucher"], told["voucher_refused"]) == ("TEN", None)
    assert browser.patch(path, {"voucher": None}).json["total"]["amount"] == 119_000


def test_a_country_is_priced_before_there_is_an_address(site: Site, browser: Browser) -> None:
    path = started(browser, site).headers["Location"]
    there = browser.get(f"{path}?country=JP&delivery=express").json
    assert there["delivery_price"]["amount"] == 9_000
    assert {each["delivery"] for each in there["deliveries"]} == {
        "standard",
        "insured",
        "express",
        "pick_up",
    }
    assert (there["tax_country"], there["tax"]["amount"], there["address"]) == ("JP", 0, None)
    assert there["missing"] == ["contact", "address"]
    told = browser.get(path).json
    assert (told["tax_country"], told["delivery"]) == ("DE", "standard")  # nothing has changed


def test_another_country_forgets_the_postcode_of_the_address(site: Site, browser: Browser) -> None:
    path = started(browser, site).headers["Location"]
    # In Hamburg; in Italy it would be Campione, which is outside the common tax.
    browser.patch(path, {"address": ADDRESS | {"country": "DE", "postcode": "22061"}})
    assert browser.get(f"{path}?country=DE").json["tax_percent"] == "19"
    assert browser.get(f"{path}?country=IT").json["tax_percent"] == "22"


def test_what_changed_is_told(site: Site, browser: Browser) -> None:
    offer = site.offer(1)
    browser.put(f"cart/lines/{offer}", {"quantity": 1})
    site.house.shop.reprice_offer(RepriceOffer(offer, language.Money.of("6000", "USD")))
    (change,) = browser.post("checkouts").json["changes"]
    assert (change["change"], change["seen_price"]["amount"], change["price"]["amount"]) == (
        "price_changed",
        580_000,
        600_000,
    )


def test_leaving_lets_go(site: Site, browser: Browser) -> None:
    answer = started(browser, site)
    path = answer.headers["Location"]
    assert browser.delete(path).status_code == 204
    assert language.states(site.house, offer_in(answer.json)) == ["free"]
    assert browser.get(path).status_code == 404


def test_nobody_else_has_it(site: Site, browser: Browser, customer: Browser) -> None:
    path = started(browser, site).headers["Location"]
    for stranger in (customer, site.guest()):
        answers = [
            stranger.get(path),
            stranger.patch(path, {}),
            stranger.delete(path),
            ordered(stranger, path),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
    unknown = browser.get(f"checkouts/{uuid4()}")
    assert customer.get(path).json["detail"] == unknown.json["detail"]


def test_a_guest_who_signs_in_goes_on(site: Site) -> None:
    language.a_customer(site.house)
    browser = site.browser()
    path = started(browser, site).headers["Location"]
    browser.sign_in("ada@example.com")
    assert browser.patch(path, {"contact": CONTACT, "address": ADDRESS}).status_code == 200
    number = ordered(browser, path).json["number"]
    assert [item["number"] for item in browser.get("orders").json["items"]] == [number]


def test_an_order_needs_what_is_missing(site: Site, browser: Browser) -> None:
    path = started(browser, site).headers["Location"]
    answer = ordered(browser, path)
    assert (answer.status_code, answer.json["code"]) == (409, "checkout_incomplete")
    assert answer.json["missing"] == ["contact", "address"]


def test_an_order_needs_a_key(site: Site, browser: Browser) -> None:
    path = started(browser, site).headers["Location"]
    answer = browser.post(f"{path}/order", {"payment": {"card": "tok_accepted"}})
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_required")


def test_one_key_is_one_order(site: Site, customer: Browser) -> None:
    path = started(customer, site, pieces=2).headers["Location"]
    customer.patch(path, {"contact": CONTACT, "delivery": "pick_up"})
    first = ordered(customer, path, "key")
    site.house.clock.advance(60)
    again = ordered(customer, path, "key")
    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = ordered(customer, path)
    assert (other.status_code, other.json["code"]) == (409, "illegal_transition")


def test_starting_with_a_key_is_done_once(site: Site, browser: Browser) -> None:
    browser.put(f"cart/lines/{site.offer(2)}", {"quantity": 1})
    headers = {"Idempotency-Key": "key"}
    first = browser.post("checkouts", headers=headers)
    assert browser.post("checkouts", headers=headers).json == first.json


def test_an_empty_cart_is_no_checkout(site: Site, customer: Browser) -> None:
    answer = customer.post("checkouts")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "cart")
    nobody = site.browser().post("checkouts")
    assert (nobody.status_code, nobody.json["code"]) == (400, "actor_required")


def test_an_expired_hold_is_no_order(site: Site, browser: Browser) -> None:
    path = started(browser, site).headers["Location"]
    browser.patch(path, {"contact": CONTACT, "address": ADDRESS})
    site.house.clock.advance(601)
    assert browser.get(path).json["state"] == "expired"
    answer = ordered(browser, path)
    assert (answer.status_code, answer.json["code"]) == (409, "hold_expired")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"delivery": "drone"}, "delivery"),
        ({"delivery": None}, "delivery"),
        ({"contact": {**CONTACT, "email": "no"}}, "contact.email"),
        ({"address": {**ADDRESS, "country": "C1"}}, "address.country"),
        ({"voucher": "!"}, "voucher"),
        ({"total": 1}, "total"),
        ({"expires_at": "2030-01-01T00:00:00Z"}, "expires_at"),
    ],
)
def test_changes_that_cannot_be(still: Site, body: dict[str, Any], field: str) -> None:
    browser = still.browser()
    path = started(browser, still).headers["Location"]
    answer = browser.patch(path, body)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


def test_a_voucher_that_is_no_good_says_why(site: Site, browser: Browser) -> None:
    path = started(browser, site).headers["Location"]
    answer = browser.patch(path, {"voucher": "NONE"})
    assert (answer.status_code, answer.json["code"]) == (409, "voucher_refused")
    assert answer.json["reason"] == "unknown"
