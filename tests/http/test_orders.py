"""Buying over HTTP: once, at the shop's own prices, and seen by nobody else."""

from typing import Any
from uuid import UUID

import pytest
from tests.harness import language
from tests.http.site import Browser, Site, order_body

# The id of nothing and nobody.
NOBODYS = str(UUID(int=4))


def placed(site: Site, browser: Browser, pieces: int = 1) -> str:
    answer = browser.order(order_body(site.offer(pieces)))
    assert answer.status_code == 201, answer.text
    return str(answer.json["number"])


def test_a_guest_buys_with_the_cart_cookie(site: Site) -> None:
    guest, offer = site.guest(), site.offer()
    answer = guest.order(order_body(offer))
    assert answer.status_code == 201
    number = answer.json["number"]
    assert answer.json == {
        "number": number,
        "state": "paid",
        "total": {"amount": 580_000, "currency": "USD"},
        "placed_at": "2026-03-01T12:00:00+00:00",
        "action": None,
    }
    assert answer.headers["Location"] == f"/api/v1/orders/{number}"
    assert answer.headers["Cache-Control"] == "no-store"
    order = guest.get(answer.headers["Location"])
    assert order.json["lines"][0]["price"] == {"amount": 580_000, "currency": "USD"}
    assert order.headers["Cache-Control"] == "no-store"
    assert language.states(site.house, offer) == ["sold"]


def test_a_guest_without_a_cookie_is_told_what_is_missing(site: Site, browser: Browser) -> None:
    answer = browser.order(order_body(site.offer()))
    assert (answer.status_code, answer.json["code"]) == (400, "actor_required")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_required"),
        ("", "idempotency_key_invalid"),
        ("x" * 256, "idempotency_key_invalid"),
        ("schlüssel", "idempotency_key_invalid"),
    ],
)
def test_an_order_needs_a_key(
    still_customer: Browser, still: Site, key: str | None, code: str
) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = still_customer.post("orders", order_body(still.offer()), headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_the_same_key_buys_once(site: Site, customer: Browser) -> None:
    offer = site.offer(3)
    first = customer.order(order_body(offer), "key")
    site.house.clock.advance(60)
    again = customer.order(order_body(offer), "key")
    assert (again.status_code, again.json) == (201, first.json)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert language.states(site.house, offer) == ["free", "free", "sold"]


def test_a_key_belongs_to_one_request_of_one_actor(site: Site, customer: Browser) -> None:
    offer = site.offer(3)
    customer.order(order_body(offer), "key")
    other_body = customer.order(order_body(offer, 2), "key")
    assert (other_body.status_code, other_body.json["code"]) == (422, "idempotency_key_reused")
    somebody_else = site.guest().order(order_body(offer), "key")
    assert somebody_else.status_code == 201


def test_two_accounts_may_use_the_same_key(site: Site, customer: Browser) -> None:
    body = order_body(site.offer(3))
    numbers = {
        browser.order(body, "key").json["number"]
        for browser in (customer, site.signed_in("clerk"), site.signed_in("manager"))
    }
    assert len(numbers) == 3


def test_after_signing_out_the_next_person_sees_no_order(site: Site) -> None:
    browser = site.guest()
    language.a_customer(site.house, "customer@example.com")
    browser.sign_in("customer@example.com")
    number = placed(site, browser)
    browser.delete("session")
    assert browser.get(f"orders/{number}").status_code == 404


def test_a_refusal_is_replayed_as_it_was(site: Site, customer: Browser) -> None:
    offer = site.offer(1)
    site.guest().order(order_body(offer))
    first = customer.order(order_body(offer), "key")
    assert (first.status_code, first.json["code"]) == (409, "sold_out")
    language.receive(site.house, offer)
    again = customer.order(order_body(offer), "key")
    assert (again.status_code, again.data) == (409, first.data)
    assert customer.order(order_body(offer), "other key").status_code == 201


def test_all_reserved_says_when_to_come_back(site: Site, customer: Browser) -> None:
    offer = site.offer(1)
    language.hold(site.house, offer)
    answer = customer.order(order_body(offer))
    assert (answer.status_code, answer.json["code"]) == (409, "all_reserved")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_declined_card_is_no_order(site: Site, customer: Browser) -> None:
    offer = site.offer(1)
    answer = customer.order(order_body(offer, payment={"card": "tok_declined"}))
    assert (answer.status_code, answer.json["code"]) == (402, "payment_declined")
    assert answer.json["reason"] == "insufficient_funds"
    assert language.states(site.house, offer) == ["free"]


def test_a_silent_gateway_means_202_and_the_worker_goes_on(site: Site, customer: Browser) -> None:
    offer = site.offer(1)
    body = order_body(offer, payment={"card": "tok_timeout"})
    answer = customer.order(body, "key")
    assert (answer.status_code, answer.json["state"]) == (202, "awaiting_payment")
    site.house.clock.advance(10)
    language.drain_all(site.house)
    again = customer.order(body, "key")
    assert (again.status_code, again.json["state"]) == (201, "paid")
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_total_that_was_not_shown_is_not_charged(site: Site, customer: Browser) -> None:
    offer = site.offer(1)
    seen = {"amount": 1, "currency": "USD"}
    answer = customer.order(order_body(offer, expected_total=seen))
    assert (answer.status_code, answer.json["code"]) == (409, "price_changed")
    assert (answer.json["amount"], answer.json["currency"]) == (580_000, "USD")
    right = {"amount": 580_000, "currency": "USD"}
    assert customer.order(order_body(offer, expected_total=right)).status_code == 201


FORGED: dict[str, Any] = {
    "price": 1,
    "total": 1,
    "amount": 1,
    "prices": {"total": 1},
    "state": "paid",
    "number": "WS-AAAAAAAAAA",
    "buyer": NOBODYS,
    "user_id": NOBODYS,
    "guest_hash": "x",
    "shopper": {"user_id": NOBODYS},
    "placed_at": "2000-01-01T00:00:00Z",
    "hold_id": NOBODYS,
    "role": "manager",
    "is_admin": True,
    "discount": 100,
    "currency": "VND",
    "key": "x",
    "lines.0.price": 1,
    "timeline": [],
}


@pytest.mark.parametrize("field", FORGED)
def test_forged_fields(still: Site, still_customer: Browser, field: str) -> None:
    offer = still.offer(1)
    answer = still_customer.order({**order_body(offer), field: FORGED[field]})
    assert answer.status_code == 422
    assert {"field": field, "message": "Unknown field."} in answer.json["errors"]
    assert language.states(still.house, offer) == ["free"]


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("lines", "price"),
        ("lines", "unit_price"),
        ("lines", "pieces"),
        ("contact", "user_id"),
        ("address", "verified"),
        ("payment", "amount"),
        ("payment", "captured"),
        ("payment", "reference"),
    ],
)
def test_forged_fields_further_in(
    still: Site, still_customer: Browser, part: str, field: str
) -> None:
    offer = still.offer(1)
    body = order_body(offer)
    inner = body[part][0] if part == "lines" else body[part]
    body[part] = [{**inner, field: 1}] if part == "lines" else {**inner, field: 1}
    answer = still_customer.order(body)
    path = f"lines.0.{field}" if part == "lines" else f"{part}.{field}"
    assert answer.json["errors"] == [{"field": path, "message": "Unknown field."}]
    assert language.states(still.house, offer) == ["free"]


IMPOSSIBLE: list[Any] = [
    0, -1, 11, 99, 10**6, 2**31, 2**63, 2**64, -(2**63), 1.0, 1.5, 1e300, -0.0, "1", "", "x", True,
    None, [1], {},
]  # fmt: skip


@pytest.mark.parametrize("quantity", IMPOSSIBLE, ids=repr)
def test_impossible_quantities(still: Site, still_customer: Browser, quantity: Any) -> None:
    offer = still.offer(1)
    answer = still_customer.order(order_body(offer, quantity))
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "lines.0.quantity"
    assert language.states(still.house, offer) == ["free"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": None}, "lines"),
        ({"lines": [{"offer_id": "x", "quantity": 1}]}, "lines.0.offer_id"),
        ({"lines": [{"offer_id": NOBODYS, "quantity": 1}] * 21}, "lines"),
        ({"contact": {"email": "no", "name": "A"}}, "contact.email"),
        ({"contact": {"email": "a@example.com", "name": "\u202e"}}, "contact.name"),
        ({"contact": {"email": "a@example.com", "name": "A", "phone": "x"}}, "contact.phone"),
        ({"address": {"name": "A"}}, "address.street"),
        ({"address": None}, "address"),
        ({"delivery": "teleport"}, "delivery"),
        ({"payment": {"card": ""}}, "payment.card"),
        ({"payment": {"card": "4242 4242 4242 4242"}}, "payment.card"),
        ({"payment": {"card": "tok\x00"}}, "payment.card"),
        ({"expected_total": {"amount": 1, "currency": "XXX"}}, "expected_total.currency"),
        ({"expected_total": {"amount": -1, "currency": "USD"}}, "expected_total.amount"),
    ],
    ids=str,
)
def test_orders_that_cannot_be(
    still: Site, still_customer: Browser, changed: dict[str, Any], field: str
) -> None:
    offer = still.offer(1)
    answer = still_customer.order({**order_body(offer), **changed})
    assert answer.status_code == 422
    assert field in [fault["field"] for fault in answer.json["errors"]]
    assert language.states(still.house, offer) == ["free"]


def test_an_order_picked_up_needs_no_address(site: Site, customer: Browser) -> None:
    body = order_body(site.offer(), address=None, delivery="pick_up")
    assert customer.order(body).status_code == 201


def test_foreign_orders_are_missing_ones(site: Site, customer: Browser) -> None:
    number = placed(site, customer)
    missing = customer.get("orders/WS-ZZZZZZZZZZ")
    others = [site.browser(), site.guest(), site.signed_in("manager")]
    for other in others:
        seen = other.get(f"orders/{number}")
        cancelled = other.post(f"orders/{number}/cancel", {})
        assert seen.status_code == cancelled.status_code == missing.status_code == 404
        assert seen.data == missing.data
    assert customer.get(f"orders/{number}").json["state"] == "paid"


@pytest.mark.parametrize("number", ["x", "WS-1", "ws-zzzzzzzzzz", "%00", "WS-ZZZZZZZZZZ%20"])
def test_what_is_no_order_number_names_nothing(still_customer: Browser, number: str) -> None:
    answer = still_customer.get(f"orders/{number}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_guests_order_stays_the_guests(site: Site) -> None:
    guest = site.guest()
    number = placed(site, guest)
    assert guest.get(f"orders/{number}").status_code == 200
    assert site.guest().get(f"orders/{number}").status_code == 404


def test_a_buyer_cancels_once_and_gets_the_money_back(site: Site, customer: Browser) -> None:
    number = placed(site, customer)
    answer = customer.post(f"orders/{number}/cancel", {"reason": "changed my mind"})
    assert (answer.status_code, answer.json["state"]) == (200, "cancelled")
    assert language.ledger(site.house)[-1] == "voided"
    again = customer.post(f"orders/{number}/cancel", {})
    assert (again.status_code, again.json["code"]) == (409, "illegal_transition")


def test_the_accounts_orders_page_by_page(site: Site, customer: Browser) -> None:
    numbers = []
    for _ in range(5):
        numbers.append(placed(site, customer))
        site.house.clock.advance(1)
    placed(site, site.guest())
    seen, cursor = [], None
    for size in (2, 2, 1):
        query = "orders?limit=2" + (f"&cursor={cursor}" if cursor else "")
        page = customer.get(query).json
        assert (len(page["items"]), page["total"]) == (size, 5)
        seen += [item["number"] for item in page["items"]]
        cursor = page["next"]
    assert cursor is None
    assert seen == numbers[::-1]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "state=stolen", "cursor=x", "cursor=%00", "buyer=me", "limit="]
)
def test_questions_about_orders_that_nobody_asks(still_customer: Browser, query: str) -> None:
    answer = still_customer.get(f"orders?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == query.split("=", maxsplit=1)[0]


def test_staff_are_not_named_to_the_buyer(site: Site, customer: Browser) -> None:
    number = placed(site, customer)
    clerk = site.signed_in("clerk")
    clerk.post(f"office/orders/{number}/cancel", {"reason": "broken in transit"})
    buyers = customer.get(f"orders/{number}").json["timeline"]
    office = clerk.get(f"office/orders/{number}").json["timeline"]
    assert [entry["by"] for entry in buyers] == ["buyer", "gateway", "shop"]
    assert [entry["by"] for entry in office] == ["buyer", "gateway", "clerk@example.com"]
