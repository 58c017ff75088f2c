"""A purchase through the front door, and what the house looks like behind it."""

import json
import time
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from tests.harness.browserless import Client, Reply

from compose import Compose, services
from engine import inspect, logs, podman

ADDRESS = {
    "name": "Ada", "street": "Marktgasse 1", "city": "Bern", "postcode": "3011", "country": "CH",
}  # fmt: skip
CONTACT = {"email": "ada@example.com", "name": "Ada"}
ONE_OFF = {"migrate", "demo", "publish"}
PATIENCE = 20.0


def get(shop: Compose, path: str) -> Reply:
    connection = HTTPConnection(urlsplit(shop.url).netloc, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    reply = Reply(answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return reply


@pytest.fixture
def guest(visitor: Callable[[], Client]) -> Client:
    return visitor()


def test_a_guest_buys_pays_and_follows_the_order(
    shop: Compose, visitor: Callable[[], Client]
) -> None:
    guest, stranger = visitor(), visitor()
    watch = guest.get("/watches?availability=in_stock&sort=price&limit=1").json["items"][0]
    assert watch["reference"].encode() in get(shop, f"/watches/{watch['slug']}/").body
    receipt = bought(guest, watch["slug"])
    assert (receipt.status, receipt.json["state"]) == (201, "paid"), receipt
    said = {"number": receipt.json["number"], "email": CONTACT["email"]}
    tracked = stranger.post("/orders/track", said)
    assert (tracked.status, tracked.json["state"]) == (200, "paid")
    assert stranger.get(f"/orders/{receipt.json['number']}").status == 404
    wait_for_mail(shop, receipt.json["number"])


def bought(guest: Client, slug: str) -> Reply:
    offer = guest.get(f"/watches/{slug}").json["offers"][0]
    assert guest.put(f"/cart/lines/{offer['id']}", {"quantity": 1}).status == 200
    held = guest.post("/checkouts", {})
    assert held.status == 201, held
    path = held.headers["Location"].removeprefix("/api/v1")
    told = guest.patch(path, {"contact": CONTACT, "address": ADDRESS, "delivery": "express"}).json
    assert told["missing"] == []
    body = {"payment": {"card": "tok_accepted"}, "expected_total": told["total"]}
    return guest.post(f"{path}/order", body, Idempotency_Key=uuid4().hex)


def test_the_invoice_is_printed_when_the_watch_is_sent(
    shop: Compose, visitor: Callable[[], Client]
) -> None:
    guest, manager = visitor(), visitor()
    sign_in(shop, manager)
    listed = guest.get("/watches?availability=in_stock&sort=price&limit=2").json["items"]
    number = bought(guest, listed[-1]["slug"]).json["number"]
    sent = manager.post(f"/office/orders/{number}/ship", {"carrier": "DHL", "tracking": "JD1"})
    assert sent.status == 200, sent
    invoice = guest.get(f"/orders/{number}/invoice.pdf")
    assert (invoice.status, invoice.headers["Content-Type"]) == (200, "application/pdf")
    assert invoice.body.startswith(b"%PDF-")
    assert b"EBGaramond" in invoice.body


def wait_for_mail(shop: Compose, number: str) -> None:
    """The worker's confirmation, in the volume that mail is kept in."""
    end = time.monotonic() + PATIENCE
    while number not in shop.run_in("worker", "sh", "-c", "cat /var/lib/watchstore/mail/* ||:"):
        assert time.monotonic() < end, "no mail came"
        time.sleep(0.2)


def test_a_declined_card_buys_nothing(guest: Client) -> None:
    slug = guest.get("/watches?availability=in_stock&limit=1").json["items"][0]["slug"]
    offer = guest.get(f"/watches/{slug}").json["offers"][0]["id"]
    guest.put(f"/cart/lines/{offer}", {"quantity": 1})
    body = {
        "lines": [{"offer_id": offer, "quantity": 1}],
        "contact": CONTACT,
        "delivery": "pick_up",
        "payment": {"card": "tok_declined"},
    }
    refused = guest.post("/orders", body, Idempotency_Key=uuid4().hex)
    assert (refused.status, refused.json["code"]) == (402, "payment_declined")


def test_all_records_agree(shop: Compose) -> None:
    end = time.monotonic() + PATIENCE
    while "Everything agrees." not in (said := verified(shop)):
        assert time.monotonic() < end, said
        time.sleep(0.5)


def verified(shop: Compose) -> str:
    return shop.run_in("worker", "sh", "-c", "watchstore verify --grace 5 || :")


def test_two_processes_share_the_work(shop: Compose, guest: Client) -> None:
    both = shop.containers("api")
    assert len(both) == 2
    for _ in range(20):
        assert guest.get("/cart").status == 200
    assert all('"path":"/api/v1/cart"' in logs(each) for each in both)


@pytest.mark.parametrize("service", sorted(services().keys() - ONE_OFF))
def test_every_container_is_contained(shop: Compose, service: str) -> None:
    for container in shop.containers(service):
        found = inspect(container)
        assert found["HostConfig"]["ReadonlyRootfs"]
        assert found["HostConfig"]["Memory"] > 0
        assert found["HostConfig"]["PidsLimit"] > 0
        assert found["HostConfig"]["NanoCpus"] > 0 or found["HostConfig"]["CpuQuota"] > 0
        read = "cat /proc/1/status /proc/1/comm; id -u"
        *status, first, user = podman("exec", container, "sh", "-c", read).splitlines()
        facts = dict(line.split(":\t", 1) for line in status)
        assert {int(value, 16) for name, value in facts.items() if name.startswith("Cap")} == {0}
        assert facts["NoNewPrivs"] == "1"
        assert int(user) > 0
        assert "init" in first or "catatonit" in first


def test_only_the_front_door_is_open_to_the_outside(shop: Compose) -> None:
    published = {
        name: ports
        for name in services()
        for container in shop.containers(name)
        if any((ports := inspect(container)["HostConfig"]["PortBindings"]).values())
    }
    assert published.keys() == {"web"}
    ((binding,),) = published["web"].values()
    assert binding["HostIp"] == "127.0.0.1"


def test_the_front_cannot_reach_database_and_cache(shop: Compose) -> None:
    for address in ("db:5432", "cache:6379"):
        ask = ("curl", "-sS", "--max-time", "3", f"telnet://{address}")
        assert "Could not resolve" in shop.run_in("web", *ask, fails=True)


def test_the_demo_tells_its_accounts_and_they_work(shop: Compose, guest: Client) -> None:
    sign_in(shop, guest)
    assert guest.get("/office/orders").status == 200


def sign_in(shop: Compose, manager: Client) -> None:
    (container,) = shop.containers("demo")
    accounts = [line.split() for line in logs(container).splitlines()]
    _, email, password = next(line for line in accounts if line[0] == "manager")
    assert manager.post("/session", {"email": email, "password": password}).status in {200, 201}


def test_the_first_step_can_be_repeated(shop: Compose) -> None:
    """`docker compose up` again runs them again: nothing changes."""
    for service in ("migrate", "demo"):
        (container,) = shop.containers(service)
        before = logs(container).splitlines()
        podman("start", container)
        assert podman("wait", container) == "0"
        assert logs(container).splitlines()[len(before) :] == before
    assert json.loads(get(shop, "/api/v1/brands").body)["total"] > 0
