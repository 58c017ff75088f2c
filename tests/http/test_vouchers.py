"""Vouchers over HTTP: made by managers, used by buyers."""

from typing import Any

import pytest
from tests.http.site import Browser, Site, order_body

TEN = {"code": "ten-26", "kind": "percent", "percent": 10, "uses": 5, "uses_per_customer": 1}


def amount(units: int, currency: str = "USD") -> dict[str, object]:
    return {"amount": units, "currency": currency}


def listed(manager: Browser) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = manager.get("office/vouchers").json["items"]
    return items


def test_a_voucher_is_made_used_and_closed(site: Site, manager: Browser) -> None:
    assert manager.post("office/vouchers", TEN).status_code == 201
    buyer = site.guest()
    order = buyer.order(order_body(site.offer(1), voucher="TEN-26"))
    assert order.json["total"] == amount(522_000)
    seen = buyer.get(f"orders/{order.json['number']}").json
    assert (seen["voucher"], seen["discount"], seen["tax"]) == ("TEN-26", amount(58_000), amount(0))

    (row,) = listed(manager)
    assert (row["code"], row["used"], row["uses"], row["percent"]) == ("TEN-26", 1, 5, 10)
    assert (row["amount"], row["minimum"], row["closed_at"]) == (None, None, None)

    assert manager.post("office/vouchers/ten-26/close").status_code == 204
    assert manager.post("office/vouchers/ten-26/close").status_code == 409
    refused = site.guest().order(order_body(site.offer(1), voucher="TEN-26"))
    assert (refused.status_code, refused.json["reason"]) == (409, "expired")


def test_kinds(site: Site, manager: Browser) -> None:
    off = {"code": "OFF", "kind": "amount", "amount": amount(50_000), "minimum": amount(100_000)}
    free = {"code": "FREE", "kind": "free_delivery", "currency": "USD"}
    for body in (off, free):
        assert manager.post("office/vouchers", body).status_code == 201
    express = {"delivery": "express"}
    cheap = site.guest().order(order_body(site.offer(1), voucher="OFF", **express))
    assert cheap.json["total"] == amount(534_500)
    fast = site.guest().order(order_body(site.offer(1), voucher="FREE", **express))
    assert fast.json["total"] == amount(580_000)
    rows = {row["code"]: row for row in listed(manager)}
    assert (rows["OFF"]["amount"], rows["OFF"]["minimum"]) == (amount(50_000), amount(100_000))


def test_making_with_a_key_is_done_once(manager: Browser) -> None:
    headers = {"Idempotency-Key": "key"}
    first = manager.post("office/vouchers", TEN, headers=headers)
    assert manager.post("office/vouchers", TEN, headers=headers).json == first.json
    again = manager.post("office/vouchers", TEN)
    assert (again.status_code, again.json["code"]) == (409, "duplicate")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"percent": 100}, "percent"),
        ({"percent": None}, "percent"),
        ({"amount": amount(5)}, "amount"),
        ({"kind": "gift"}, "kind"),
        ({"code": "A"}, "voucher"),
        ({"uses": 0}, "uses"),
        ({"minimum": amount(5), "currency": "EUR"}, "currency"),
        ({"ends_at": "2026-01-01"}, "ends_at"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
        ({"used": 0}, "used"),
    ],
)
def test_vouchers_that_cannot_be(
    still_manager: Browser, change: dict[str, Any], field: str
) -> None:
    answer = still_manager.post("office/vouchers", {**TEN, **change})
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


def test_closing_what_does_not_exist(still_manager: Browser) -> None:
    for code in ("NONE", "!"):
        assert still_manager.post(f"office/vouchers/{code}/close").status_code == 404
