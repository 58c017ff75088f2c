"""Webhooks over HTTP: signed, or refused without effect; and the real gateway that sends them."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.harness import language
from tests.harness.shop import START, WEBHOOK_SECRET
from tests.http.site import API, Site, a_site, order_body
from tests.support.gateway_process import GatewayProcess
from tests.support.webhooks import badly_signed, event, reference_of, served

from watchstore.adapters.testgateway import HttpTestGateway
from watchstore.domain import Operation
from watchstore.service_layer.signatures import signed

PATH = f"{API}/payments/webhooks/test"


@pytest.fixture
def waiting():
    """A site with one order whose payment got no answer, and the notice that answers it."""
    site = a_site()
    receipt = language.buy(site.house, site.offer(), card="tok_timeout")
    payment = language.payment_of(site.house, receipt)
    body = event(payment.key(Operation.AUTHORISE), reference=reference_of(site.house, payment))
    return site, receipt, body


def post(site: Site, body: bytes, signature: str | None, **more: Any) -> Any:
    """As a server does: no Origin, no cookies."""
    headers = {} if signature is None else {"Gateway-Signature": signature}
    more.setdefault("content_type", "application/json")
    return site.browser().client.post(PATH, data=body, headers=headers, **more)


def good(body: bytes, **more: Any) -> str:
    return signed(body, **{"secret": WEBHOOK_SECRET, "at": START, **more})


def test_a_signed_notice_needs_no_origin_and_acts_once(waiting):
    site, receipt, body = waiting
    statuses = [post(site, body, good(body)).status_code for _ in range(100)]
    assert statuses == [204] * 100
    order = language.view(site.house, receipt)
    assert [entry.state for entry in order.timeline] == ["awaiting_payment", "paid"]
    assert language.ledger(site.house) == ["authorised"]


BAD = badly_signed(good, secret="guessed", said=b"approved", instead=b"declined")


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_signature_is_refused_without_effect(waiting, kind):
    site, receipt, body = waiting
    before = language.view(site.house, receipt)
    answer = post(site, *BAD[kind](body))
    assert (answer.status_code, answer.json["code"]) == (400, "invalid_signature")
    assert language.view(site.house, receipt) == before


def test_what_is_signed_and_makes_no_sense_is_refused(waiting):
    site, _, _ = waiting
    assert post(site, b"{}", good(b"{}")).status_code == 422
    unknown = event("5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11:capture")
    assert post(site, unknown, good(unknown)).status_code == 404
    assert post(site, b"x", good(b"x"), content_type="text/plain").status_code == 415


@pytest.mark.parametrize("options", [(), ("--webhook-copies", "3"), ("--webhook-late", "0.3")])
def test_the_gateway_sends_what_the_browser_did_not_hear(tmp_path, options):
    """A real gateway on one side, the API on the other; only time in between."""
    site = a_site()
    house = site.house
    house.clock.advance((datetime.now(UTC) - house.clock.now()).total_seconds())
    paid = threading.Event()
    save = house.shop.take_notice

    def taken(command):
        save(command)
        paid.set()

    house.shop.take_notice = taken
    webhook = ("--webhook-secret", WEBHOOK_SECRET, "--withhold", "0", *options)
    with served(site.app) as url:
        target = ("--webhook-url", f"{url}{PATH}")
        with GatewayProcess(tmp_path / "ledger.db", *target, *webhook) as process:
            gateway = HttpTestGateway(process.url)
            house.shop.ports = replace(house.shop.ports, gateway=gateway)
            guest = site.guest()
            body = order_body(site.offer(), payment={"card": "tok_timeout"})
            answer = guest.order(body)
            assert answer.status_code == 202
            assert paid.wait(20)
            assert guest.get(answer.headers["Location"]).json["state"] == "paid"
            gateway.close()


def test_the_gateway_sends_again_what_was_not_taken(tmp_path):
    refused, taken = threading.Event(), threading.Event()
    tried: list[bytes] = []

    def shop(environ, start_response):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        tried.append(body)
        refuse = len(tried) == 1
        start_response("503 Away" if refuse else "204 No Content", [])
        (refused if refuse else taken).set()
        return []

    with served(shop) as url:
        webhook = ("--webhook-url", url, "--webhook-secret", "s")
        with GatewayProcess(tmp_path / "ledger.db", *webhook) as process:
            gateway = HttpTestGateway(process.url)
            price = language.Money.of(10, "USD")
            gateway.authorise(key="k", amount=price, card="tok_accepted", order_number="W-1")
            assert refused.wait(20)
            assert taken.wait(20)
            gateway.close()
    assert tried[0] == tried[1]
