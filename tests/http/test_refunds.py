"""Refunds over HTTP: managers only, once for each key, and 202 while nothing is known."""

import pytest
from tests.harness import language
from tests.http.site import Site, a_site

from watchstore.service_layer.ports import GatewayUnavailable


@pytest.fixture
def site() -> Site:
    return a_site()


@pytest.fixture
def sold(site):
    offer = site.offer(2)
    receipt = language.buy(site.house, offer, 2)
    language.ship(site.house, receipt)
    return offer, receipt.number


def test_an_amount_a_line_and_the_rest(site, sold):
    offer, number = sold
    manager = site.signed_in("manager")
    path = f"office/orders/{number}/refunds"
    amount = {"amount": {"amount": 10000, "currency": "USD"}, "reason": "a scratch"}

    answers = [
        manager.post(path, body)
        for body in (amount, {"lines": [{"offer_id": str(offer), "quantity": 1}]}, {})
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert [answer.json["refunded"]["amount"] for answer in answers] == [10000, 580000, 570000]
    order = manager.get(f"office/orders/{number}").json
    assert order["refunded"] == {"amount": 1160000, "currency": "USD"}
    assert [row["state"] for row in order["refunds"]] == ["done"] * 3
    assert order["refunds"][1]["pieces"] == 1
    refused = manager.post(path, {})
    assert (refused.status_code, refused.json["code"]) == (409, "refund_too_large")


def test_one_key_is_one_refund(site, sold):
    manager = site.signed_in("manager")
    body = {"amount": {"amount": 10000, "currency": "USD"}}
    first, second = (
        manager.post(f"office/orders/{sold[1]}/refunds", body, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    )
    assert first.json == second.json
    assert language.ledger(site.house).count("refunded") == 1


def test_without_an_answer_it_is_202(site, sold):
    def away():
        raise GatewayUnavailable("no answer")

    site.house.steps.at("gateway.refund:before", away)
    answer = site.signed_in("manager").post(f"office/orders/{sold[1]}/refunds", {})
    assert (answer.status_code, answer.json["state"]) == (202, "pending")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"amount": {"amount": -1, "currency": "USD"}}, "amount.amount"),
        ({"amount": {"amount": 1, "currency": "???"}}, "amount.currency"),
        ({"lines": [{"offer_id": "x", "quantity": 1}]}, "lines.0.offer_id"),
        ({"total": 1}, "total"),
        ({"amount": {"amount": 0, "currency": "USD"}}, "amount"),
    ],
)
def test_refunds_that_cannot_be(site, sold, body, field):
    answer = site.signed_in("manager").post(f"office/orders/{sold[1]}/refunds", body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


def test_of_an_order_that_is_not(site):
    answer = site.signed_in("manager").post("office/orders/WS-0000000000/refunds", {})
    assert answer.status_code == 404
