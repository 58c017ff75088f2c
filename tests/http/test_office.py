"""The back office over HTTP: the same use cases, for those who may."""

from typing import Any
from uuid import UUID

import pytest
from tests.harness import language
from tests.http.site import Browser, Site, order_body

from watchstore.domain import Specification, WatchId
from watchstore.service_layer.commands import ReviseWatch

SPEEDMASTER = {
    "brand": "Omega",
    "collection": "Speedmaster",
    "reference": "310.30.42.50.01.001",
    "name": "Moonwatch",
    "specification": {"movement": "manual", "diameter_mm": 42, "year": 2021},
}
SLUG = "omega-speedmaster-310-30-42-50-01-001"
USD_100 = {"amount": 10_000, "currency": "USD"}


@pytest.fixture
def slug(manager: Browser) -> str:
    answer = manager.post("office/watches", SPEEDMASTER)
    assert answer.status_code == 201, answer.text
    return str(answer.json["slug"])


def open_offer(manager: Browser, slug: str, **more: Any) -> Any:
    body = {"condition": "new", "price": USD_100, **more}
    return manager.post(f"office/watches/{slug}/offers", body)


def test_from_a_draft_to_a_sale(site: Site, manager: Browser, slug: str) -> None:
    public = site.browser()
    assert public.get(f"watches/{slug}").status_code == 404
    assert manager.post(f"office/watches/{slug}/publish").status_code == 204
    offer = open_offer(manager, slug).json["id"]
    pieces = {"pieces": [{"serial": "sn-1", "box": True, "papers": True}, {}]}
    assert manager.post(f"office/offers/{offer}/pieces", pieces).json == {"received": 2}
    shown = public.get(f"watches/{slug}").json
    assert (shown["offers"][0]["price"], shown["offers"][0]["free"]) == (USD_100, 2)
    buyer = site.guest()
    number = buyer.order(order_body(offer)).json["number"]
    parcel = {"carrier": "DHL", "tracking": "JD01"}
    shipped = manager.post(f"office/orders/{number}/ship", parcel)
    assert (shipped.status_code, shipped.json["state"]) == (200, "shipped")
    seen = buyer.get(f"orders/{number}").json
    assert (seen["carrier"], seen["tracking"], seen["payment"]) == ("DHL", "JD01", "captured")


def test_a_watch_is_created_once_per_key(manager: Browser) -> None:
    headers = {"Idempotency-Key": "one"}
    first = manager.post("office/watches", SPEEDMASTER, headers=headers)
    again = manager.post("office/watches", SPEEDMASTER, headers=headers)
    assert first.json == again.json
    assert first.headers["Location"] == f"/api/v1/office/watches/{SLUG}"
    assert manager.get(first.headers["Location"]).json["id"] == first.json["id"]
    other = manager.post("office/watches", {**SPEEDMASTER, "name": "Other"}, headers=headers)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    twice = manager.post("office/watches", SPEEDMASTER)
    assert (twice.status_code, twice.json["code"]) == (409, "duplicate")


def test_offers_and_pieces_are_made_once_per_key(manager: Browser, slug: str) -> None:
    headers = {"Idempotency-Key": "offer"}
    body = {"condition": "new", "price": USD_100}
    path = f"office/watches/{slug}/offers"
    offers = {manager.post(path, body, headers=headers).json["id"] for _ in range(2)}
    assert len(offers) == 1
    pieces = f"office/offers/{offers.pop()}/pieces"
    for _ in range(2):
        manager.post(pieces, {"pieces": [{}]}, headers={"Idempotency-Key": "pieces"})
    assert manager.get(pieces).json["total"] == 1


def test_what_is_left_out_of_a_change_stays(manager: Browser, slug: str) -> None:
    changed = manager.patch(
        f"office/watches/{slug}",
        {"name": "Moonwatch Professional", "specification": {"crystal": "hesalite"}},
    )
    assert changed.status_code == 200
    facts = {name: changed.json[name] for name in ("name", "collection", "movement", "crystal")}
    assert facts == {
        "name": "Moonwatch Professional",
        "collection": "Speedmaster",
        "movement": "manual",
        "crystal": "hesalite",
    }
    assert (changed.json["diameter_mm"], changed.json["year"]) == (42.0, 2021)
    forgotten = manager.patch(f"office/watches/{slug}", {"specification": {"year": None}})
    assert forgotten.json["year"] is None
    assert forgotten.json["diameter_mm"] == 42.0


def test_two_editors_do_not_overwrite_each_other(manager: Browser, slug: str) -> None:
    tag = manager.get(f"office/watches/{slug}").headers["ETag"]
    mine = manager.patch(f"office/watches/{slug}", {"name": "A"}, headers={"If-Match": tag})
    yours = manager.patch(f"office/watches/{slug}", {"name": "B"}, headers={"If-Match": tag})
    assert mine.status_code == 200
    assert (yours.status_code, yours.json["code"]) == (412, "stale_version")
    assert manager.get(f"office/watches/{slug}").json["name"] == "A"


def test_a_rival_between_reading_and_changing_is_noticed(
    site: Site, manager: Browser, slug: str
) -> None:
    """Without If-Match too: the rest of the watch was read a moment before."""
    shop = site.house.rival
    (row,) = shop.office.watches(text="").items
    rivals = ReviseWatch(WatchId(UUID(row.id)), "Speedmaster", "Rival", Specification())
    site.house.steps.at("begin:before", lambda: shop.revise_watch(rivals))
    answer = manager.patch(f"office/watches/{slug}", {"specification": {"year": 2000}})
    site.house.steps.require_all_reached()
    assert (answer.status_code, answer.json["code"]) == (412, "stale_version")
    assert manager.get(f"office/watches/{slug}").json["name"] == "Rival"


def test_publishing_twice_is_refused(manager: Browser, slug: str) -> None:
    manager.post(f"office/watches/{slug}/publish")
    again = manager.post(f"office/watches/{slug}/publish")
    assert (again.status_code, again.json["code"]) == (409, "illegal_transition")
    assert manager.post(f"office/watches/{slug}/withdraw").status_code == 204


def test_a_price_is_changed_by_who_saw_it(manager: Browser, slug: str) -> None:
    offer = open_offer(manager, slug).json["id"]
    path, body = f"office/offers/{offer}", {"price": {"amount": 9_000, "currency": "USD"}}
    changed = manager.patch(path, body, headers={"If-Match": '"1"'})
    assert (changed.json, changed.headers["ETag"]) == ({"version": 2}, '"2"')
    stale = manager.patch(path, body, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert manager.post(f"{path}/close").status_code == 204
    assert manager.post(f"{path}/close").status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"price": {"amount": 0, "currency": "USD"}}, "price"),
        ({"price": {"amount": -1, "currency": "USD"}}, "price.amount"),
        ({"price": {"amount": 1.5, "currency": "USD"}}, "price.amount"),
        ({"price": {"amount": 2**63, "currency": "USD"}}, "price.amount"),
        ({"price": {"amount": 1, "currency": "usdt"}}, "price.currency"),
        ({"price": {"amount": 1, "currency": "ZZZ"}}, "price.currency"),
        ({"price": "100 USD"}, "price"),
        ({"condition": "perfect"}, "condition"),
        ({"note": "x" * 501}, "note"),
        ({"watch_id": "x"}, "watch_id"),
    ],
    ids=str,
)
def test_offers_that_cannot_be(
    manager: Browser, slug: str, body: dict[str, Any], field: str
) -> None:
    answer = open_offer(manager, slug, **body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("specification", "field"),
    [
        ({"diameter_mm": 500}, "specification.diameter_mm"),
        ({"diameter_mm": "NaN"}, "specification.diameter_mm"),
        ({"diameter_mm": True}, "specification.diameter_mm"),
        ({"year": 3000}, "specification.year"),
        ({"year": "2000"}, "specification.year"),
        ({"movement": "perpetual"}, "specification.movement"),
        ({"complications": ["a\x00b"]}, "specification.complications"),
        ({"weight": 1}, "specification.weight"),
    ],
    ids=str,
)
def test_watches_that_cannot_be(
    still_manager: Browser, specification: dict[str, Any], field: str
) -> None:
    answer = still_manager.post("office/watches", {**SPEEDMASTER, "specification": specification})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize(
    "pieces", [[], [{}] * 201, [{"box": 1}], [{"box": "yes"}], [{"serial": ""}], [{"sold_at": "x"}]]
)
def test_pieces_that_cannot_be(manager: Browser, slug: str, pieces: Any) -> None:
    offer = open_offer(manager, slug).json["id"]
    answer = manager.post(f"office/offers/{offer}/pieces", {"pieces": pieces})
    assert answer.status_code == 422
    assert manager.get(f"office/offers/{offer}/pieces").json["items"] == []


def test_the_watch_list_searches_and_pages(manager: Browser, slug: str, site: Site) -> None:
    for number in range(3):
        language.a_watch(site.house, f"REF {number}")
    assert manager.get("office/watches?publication=draft").json["items"][0]["slug"] == slug
    page = manager.get("office/watches?limit=2&page=2").json
    assert (len(page["items"]), page["total"]) == (2, 4)
    assert manager.get("office/watches?page=0").status_code == 422
    assert manager.get("office/watches?publication=secret").status_code == 422
    assert manager.get("office/watches?q=%00").status_code == 422


def test_stock_is_reported_by_state(site: Site, manager: Browser) -> None:
    offer = site.offer(3)
    language.hold(site.house, offer)
    language.buy(site.house, offer)
    (row,) = manager.get("office/stock").json["items"]
    assert {name: row[name] for name in ("free", "held", "ordered", "sold")} == {
        "free": 1,
        "held": 1,
        "ordered": 0,
        "sold": 1,
    }


def test_orders_are_listed_by_state(site: Site, manager: Browser) -> None:
    paid = language.buy(site.house, site.offer())
    cancelled = language.buy(site.house, site.offer())
    language.cancel(site.house, cancelled)
    listed = manager.get("office/orders?state=paid").json
    assert [item["number"] for item in listed["items"]] == [paid.number]
    assert manager.get("office/orders").json["total"] == 2


def test_staff_cancel_what_is_not_theirs(site: Site, manager: Browser) -> None:
    receipt = language.buy(site.house, site.offer())
    path = f"office/orders/{receipt.number}"
    assert manager.post(f"{path}/cancel", {"reason": "damaged"}).json["state"] == "cancelled"
    last = manager.get(path).json["timeline"][-1]
    assert (last["by"], last["note"]) == ("manager@example.com", "damaged")


@pytest.mark.parametrize(
    "path",
    [
        "office/watches/none",
        "office/orders/WS-ZZZZZZZZZZ",
        "office/orders/x",
        "office/watches/a%00b",
    ],
)
def test_what_there_is_not(still_manager: Browser, path: str) -> None:
    assert still_manager.get(path).json["code"] == "not_found"


def test_nothing_of_the_office_is_kept_by_caches(manager: Browser) -> None:
    for path in ("office/watches", "office/stock", "office/orders"):
        assert manager.get(path).headers["Cache-Control"] == "no-store"
