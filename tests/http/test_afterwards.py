"""After the sale over HTTP: parcels, delivery, returns, and tracking without an account."""

import pytest
from tests.harness.steps import away
from tests.http.site import Browser, Site, a_site, order_body

DHL = {"carrier": "DHL", "tracking": "JD1"}


@pytest.fixture
def site() -> Site:
    return a_site()


@pytest.fixture
def manager(site: Site) -> Browser:
    return site.signed_in("manager")


@pytest.fixture
def guest(site: Site) -> Browser:
    return site.guest()


@pytest.fixture
def bought(site, guest):
    """Two watches of one offer, paid for by a guest: (offer, number)."""
    offer = str(site.offer(2))
    return offer, guest.order(order_body(offer, 2)).json["number"]


def line(offer: str, quantity: int = 1) -> dict[str, object]:
    return {"lines": [{"offer_id": offer, "quantity": quantity}]}


def test_two_parcels_and_delivery(manager, guest, bought):
    offer, number = bought
    path = f"office/orders/{number}"
    assert manager.post(f"{path}/ship", DHL | line(offer)).json["state"] == "partly_shipped"
    assert manager.post(f"{path}/ship", DHL | line(offer, 2)).json["code"] == "not_in_order"
    assert manager.post(f"{path}/ship", DHL).json["state"] == "shipped"
    assert manager.post(f"{path}/deliver").json["state"] == "delivered"
    order = guest.get(f"orders/{number}").json
    assert order["parcels"] == [DHL | {"pieces": 1}] * 2
    assert {entry["by"] for entry in order["timeline"]} == {"buyer", "gateway", "shop"}


def test_the_rest_is_left_out(manager, guest, bought):
    offer, number = bought
    path = f"office/orders/{number}"
    early = manager.post(f"{path}/leave-out", {})
    assert (early.status_code, early.json["code"]) == (409, "illegal_transition")
    manager.post(f"{path}/ship", DHL | line(offer))
    body, key = {"reason": "water inside", "restock": True}, {"Idempotency-Key": "k"}

    first, again = (manager.post(f"{path}/leave-out", body, headers=key) for _ in range(2))

    assert (first.status_code, first.json) == (200, again.json)
    told = first.json
    refund = told.pop("refund")
    assert told == {"number": number, "state": "shipped", "pieces": 1}
    assert (refund["state"], refund["refunded"]["amount"]) == ("done", 580000)
    shown = guest.get(f"orders/{number}").json
    assert [(row["left_out"], row["returnable"]) for row in shown["lines"]] == [(1, 1)]
    (said,) = [entry for entry in shown["timeline"] if entry["note"].startswith("rest left out")]
    assert (said["note"], said["by"]) == ("rest left out: water inside", "shop")
    assert manager.post("office/orders/WS-0000000000/leave-out", {}).status_code == 404
    odd = manager.post(f"{path}/leave-out", {"restock": "yes", "reason": "x" * 201})
    assert {error["field"] for error in odd.json["errors"]} == {"restock", "reason"}


def test_what_is_left_out_without_an_answer_is_202(site, manager, bought):
    offer, number = bought
    manager.post(f"office/orders/{number}/ship", DHL | line(offer))
    site.house.steps.at("gateway.refund:before", away)
    answer = manager.post(f"office/orders/{number}/leave-out", {})
    assert (answer.status_code, answer.json["refund"]["state"]) == (202, "pending")


def test_what_was_paid_back_is_not_sent(manager, bought):
    offer, number = bought
    path = f"office/orders/{number}"
    manager.post(f"{path}/ship", DHL | line(offer))
    manager.post(f"{path}/refunds", line(offer))
    refused = manager.post(f"{path}/ship", DHL)
    assert (refused.status_code, refused.json["code"]) == (409, "not_in_order")
    assert manager.post(f"{path}/leave-out", {}).json["refund"] is None


def test_a_return_from_request_to_refund(manager, guest, bought):
    offer, number = bought
    manager.post(f"office/orders/{number}/ship", DHL)
    asked = guest.post(f"orders/{number}/returns", line(offer) | {"reason": "too large"})
    assert (asked.status_code, asked.json["state"]) == (201, "requested")
    path = f"office/orders/{number}/returns/{asked.json['id']}"
    assert manager.post(f"{path}/approve", {"note": "insured, please"}).json["state"] == "approved"
    assert manager.post(f"{path}/receive", {}).json["state"] == "received"
    inspected = manager.post(f"{path}/inspect", {"accepted": True, "restock": True}).json
    assert (inspected["state"], inspected["restocked"]) == ("refunded", True)
    shown = guest.get(f"orders/{number}").json
    assert shown["refunded"] == {"amount": 580000, "currency": "USD"}
    assert [row["state"] for row in shown["returns"]] == ["refunded"]
    again = manager.post(f"{path}/decline", {})
    assert (again.status_code, again.json["code"]) == (409, "illegal_transition")


def test_a_return_whose_money_went_back_before_is_closed(manager, guest, bought):
    offer, number = bought
    path = f"office/orders/{number}"
    manager.post(f"{path}/ship", DHL)
    asked = guest.post(f"orders/{number}/returns", line(offer)).json
    returned = f"{path}/returns/{asked['id']}"
    for step in ("approve", "receive"):
        manager.post(f"{returned}/{step}", {})
    early = manager.post(f"{returned}/repay")
    assert (early.status_code, early.json["code"]) == (409, "illegal_transition")
    assert manager.post(f"{path}/refunds", {"reason": "goodwill"}).status_code == 201

    inspected = manager.post(f"{returned}/inspect", {"accepted": True, "restock": True})

    assert (inspected.status_code, inspected.json["state"]) == (200, "refunded")
    shown = guest.get(f"orders/{number}").json
    assert [row["state"] for row in shown["returns"]] == ["refunded"]
    assert len(shown["refunds"]) == 1
    assert shown["timeline"][-1]["note"] == "return refunded"


def test_one_key_is_one_return(manager, guest, bought):
    offer, number = bought
    manager.post(f"office/orders/{number}/ship", DHL)
    first, second = (
        guest.post(f"orders/{number}/returns", line(offer), headers={"Idempotency-Key": "k"})
        for _ in range(2)
    )
    assert first.json == second.json
    assert len(guest.get(f"orders/{number}").json["returns"]) == 1


def test_nobody_returns_somebody_elses(site, manager, bought):
    offer, number = bought
    manager.post(f"office/orders/{number}/ship", DHL)
    for stranger in (site.browser(), site.guest(), site.signed_in("customer")):
        answer = stranger.post(f"orders/{number}/returns", line(offer))
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_fault_found_by_the_inspection_withdraws_the_piece(site, manager, bought):
    offer, number = bought
    body = {"reason": "water inside", "restock": False}
    assert manager.post(f"office/orders/{number}/cancel", body).json["state"] == "cancelled"
    pieces = manager.get(f"office/offers/{offer}/pieces").json["items"]
    assert {piece["state"] for piece in pieces} == {"withdrawn"}
    restock = f"office/pieces/{pieces[0]['id']}/restock"
    assert [manager.post(restock).status_code for _ in range(2)] == [204, 409]
    watch = site.browser().get("watches").json["items"]
    assert {card["availability"] for card in watch} <= {"sold_out", "in_stock", "on_request"}


def test_tracking_needs_number_and_address(site, manager, bought):
    _, number = bought
    manager.post(f"office/orders/{number}/ship", DHL)
    stranger = site.browser()
    found = stranger.post("orders/track", {"number": number, "email": "Ada@Example.com"})
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    shown = {"number", "state", "placed_at", "lines", "parcels", "timeline", "documents"}
    assert set(found.json) == shown
    (invoice,) = found.json["documents"]
    assert invoice == {
        "kind": "invoice",
        "number": "2026-000001",
        "issued_at": invoice["issued_at"],
        "path": f"/api/v1/orders/{number}/invoice.pdf",
    }
    wrong, missing, nonsense = (
        stranger.post("orders/track", body)
        for body in (
            {"number": number, "email": "bob@example.com"},
            {"number": "WS-0000000000", "email": "ada@example.com"},
            {"number": "1", "email": "ada@example.com"},
        )
    )
    assert wrong.status_code == 404
    assert wrong.json == missing.json == nonsense.json


def test_tracking_is_limited(site):
    stranger = site.browser()
    body = {"number": "WS-0000000000", "email": "ada@example.com"}
    statuses = [stranger.post("orders/track", body).status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]
