"""3-D Secure over HTTP: the bank asks the buyer, and the page asks the shop how it ended."""

from typing import Any

import pytest
from tests.harness.language import states
from tests.http.site import Browser, Site, a_site, order_body

CHALLENGE = {"card": "tok_challenge"}


def placed(site: Site, browser: Browser, key: str = "key-1") -> tuple[dict[str, Any], Any]:
    """An order whose bank asks the buyer, and its offer."""
    offer = site.offer()
    answer = browser.order(order_body(offer, payment=CHALLENGE), key)
    assert answer.status_code == 202, answer.text
    return answer.json, offer


def confirm(browser: Browser, receipt: dict[str, Any]) -> Any:
    return browser.post(f"orders/{receipt['number']}/payment")


def test_the_receipt_tells_what_the_buyer_has_to_do(site: Site) -> None:
    receipt, offer = placed(site, site.guest())
    assert receipt["state"] == "awaiting_payment"
    assert receipt["action"]["kind"] == "confirm"
    assert receipt["action"]["client_secret"]
    assert states(site.house, offer) == ["ordered"]


def test_the_answer_before_the_buyer_did_is_the_same_again(site: Site) -> None:
    guest = site.guest()
    receipt, _ = placed(site, guest)
    asked = confirm(guest, receipt)
    assert (asked.status_code, asked.json) == (202, receipt)


def test_a_confirmed_payment_is_paid(site: Site) -> None:
    guest = site.guest()
    receipt, offer = placed(site, guest)
    site.house.gateway.confirm(receipt["action"]["client_secret"])
    paid = confirm(guest, receipt)
    assert (paid.status_code, paid.json["state"], paid.json["action"]) == (200, "paid", None)
    assert states(site.house, offer) == ["sold"]
    assert confirm(guest, receipt).json == paid.json


def test_a_payment_that_the_buyer_failed_to_confirm_is_declined(site: Site) -> None:
    guest = site.guest()
    receipt, offer = placed(site, guest)
    site.house.gateway.confirm(receipt["action"]["client_secret"], approved=False)
    refused = confirm(guest, receipt)
    assert (refused.status_code, refused.json["code"]) == (402, "payment_declined")
    assert refused.json["reason"] == "authentication_failed"
    assert states(site.house, offer) == ["free"]


def test_the_same_order_again_tells_how_the_payment_stands(site: Site) -> None:
    guest = site.guest()
    offer = site.offer()
    body = order_body(offer, payment=CHALLENGE)
    first = guest.order(body, "key-1")
    again = guest.order(body, "key-1")
    assert (again.status_code, again.json) == (202, first.json)
    site.house.gateway.confirm(first.json["action"]["client_secret"])
    paid = guest.order(body, "key-1")
    assert (paid.status_code, paid.json["state"]) == (201, "paid")
    assert guest.order(body, "key-1").json == paid.json


@pytest.mark.parametrize(("approved", "status"), [(True, 200), (False, 402)])
def test_the_buyer_answers_the_bank_of_the_test_gateway_once(
    site: Site, approved: bool, status: int
) -> None:
    guest = site.guest()
    receipt, _ = placed(site, guest)
    answer = {"client_secret": receipt["action"]["client_secret"], "approved": approved}
    assert guest.post("payments/challenges", answer).status_code == 204
    assert confirm(guest, receipt).status_code == status
    again = guest.post("payments/challenges", answer)
    assert (again.status_code, again.json["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({}, 404), ({"approved": "yes"}, 422), ({"client_secret": "a b"}, 422), ({"more": 1}, 422)],
)
def test_nobody_else_is_answered(site: Site, wrong: dict[str, Any], status: int) -> None:
    receipt, _ = placed(site, site.guest())
    body = {"client_secret": "pay_1_secret", "approved": True, **wrong}
    assert site.guest().post("payments/challenges", body).status_code == status
    assert len(site.house.gateway.entries) == 0
    assert receipt["state"] == "awaiting_payment"


def test_nobody_answers_the_bank_for_ever(site: Site) -> None:
    body = {"client_secret": "pay_1_secret", "approved": True}
    guest = site.guest()
    statuses = [guest.post("payments/challenges", body).status_code for _ in range(61)]
    assert statuses == [404] * 60 + [429]


@pytest.mark.parametrize("number", ["WS-AAAAAAAAAA", "nonsense"])
def test_there_is_no_such_order(site: Site, number: str) -> None:
    assert confirm(site.guest(), {"number": number}).status_code == 404


def test_a_foreign_order_is_none(site: Site) -> None:
    receipt, _ = placed(site, site.guest())
    for other in (site.browser(), site.guest(), site.signed_in("customer")):
        answer = confirm(other, receipt)
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert len(site.house.gateway.entries) == 0


def test_an_account_confirms_its_own(site: Site) -> None:
    customer = site.signed_in("customer")
    receipt, _ = placed(site, customer)
    site.house.gateway.confirm(receipt["action"]["client_secret"])
    assert confirm(customer, receipt).json["state"] == "paid"
    assert confirm(site.browser(), receipt).status_code == 404


def test_a_checkout_waits_for_the_buyer_too() -> None:
    site = a_site()
    guest = site.guest()
    checkout = guest.post("checkouts").json
    parts = {key: order_body("x")[key] for key in ("contact", "address", "delivery")}
    guest.patch(f"checkouts/{checkout['id']}", parts)
    path = f"checkouts/{checkout['id']}/order"
    answer = guest.post(path, {"payment": CHALLENGE}, headers={"Idempotency-Key": "key-1"})
    assert answer.status_code == 202, answer.text
    site.house.gateway.confirm(answer.json["action"]["client_secret"])
    assert confirm(guest, answer.json).json["state"] == "paid"


def test_how_to_pay_is_public_and_cacheable(site: Site) -> None:
    answer = site.browser().get("payment-methods")
    assert answer.json == {"gateway": "test", "publishable_key": None}
    assert "public, max-age=60" in answer.headers["Cache-Control"]


def test_nobody_asks_the_gateway_for_ever(site: Site) -> None:
    guest = site.guest()
    receipt, _ = placed(site, guest)
    statuses = [confirm(guest, receipt).status_code for _ in range(61)]
    assert statuses == [202] * 60 + [429]
    site.house.clock.advance(600)
    assert confirm(guest, receipt).status_code == 202
