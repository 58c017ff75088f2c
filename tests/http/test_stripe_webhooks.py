"""Stripe's webhooks over HTTP on both sides: signed, or refused without effect."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.harness import language
from tests.harness.shop import START
from tests.http.site import Site, a_site, order_body
from tests.support.stripe import events
from tests.support.stripe.server import PUBLISHABLE_KEY, SECRET_KEY, FakeStripe, running
from tests.support.webhooks import badly_signed, served

from watchstore.adapters.stripe import StripeGateway, StripeNotices
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.signatures import signed

CHALLENGE = {"card": "pm_card_threeDSecure2Required"}
CAPTURABLE = "payment_intent.amount_capturable_updated"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeStripe]:
    with running(FakeStripe()) as fake:
        yield fake


@pytest.fixture
def fake(server: FakeStripe) -> FakeStripe:
    server.reset()
    return server


@pytest.fixture
def shop(fake: FakeStripe) -> Site:
    site = a_site()
    for each in (site.house.shop, site.house.rival):
        each.ports = replace(
            each.ports,
            gateway=StripeGateway(SECRET_KEY, api_url=fake.url, timeout=(20, 20)),
            notices={"stripe": StripeNotices(events.SECRET)},
            payment_methods=PaymentMethods("stripe", PUBLISHABLE_KEY),
        )
    return site


@pytest.fixture
def confirmed(shop: Site, fake: FakeStripe) -> tuple[Site, dict[str, Any], dict[str, Any]]:
    """An order whose buyer has told the bank, and not the shop; and the event of that."""
    receipt = shop.guest().order(order_body(shop.offer(), payment=CHALLENGE)).json
    fake.bank(receipt["action"]["client_secret"])
    return shop, receipt, events.last(fake, CAPTURABLE)


def post(site: Site, body: bytes, signature: str | None, **more: Any) -> Any:
    headers = {} if signature is None else {"Stripe-Signature": signature}
    more.setdefault("content_type", "application/json; charset=utf-8")
    return site.browser().client.post(events.PATH, data=body, headers=headers, **more)


def good(body: bytes, **more: Any) -> str:
    return signed(body, **{"secret": events.SECRET, "at": START, **more})


def state_of(site: Site, receipt: dict[str, Any]) -> list[str]:
    found = site.house.shop.orders.order(language.OrderNumber(receipt["number"]), None)
    assert found is not None
    return [entry.state for entry in found.timeline]


def test_a_hundred_deliveries_over_http_act_once(
    confirmed: tuple[Site, dict[str, Any], dict[str, Any]], fake: FakeStripe
) -> None:
    site, receipt, event = confirmed
    before = len(fake.read)
    with served(site.app) as url:
        statuses = [events.send(url, event, START) for _ in range(100)]
    assert statuses == [204] * 100
    assert state_of(site, receipt) == ["awaiting_payment", "paid"]
    assert len(fake.read) == before + 1


BAD = badly_signed(good, secret="whsec_guessed", said=b"pi_", instead=b"pj_")


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_signature_is_refused_without_effect(
    confirmed: tuple[Site, dict[str, Any], dict[str, Any]], fake: FakeStripe, kind: str
) -> None:
    site, receipt, event = confirmed
    asked, read = len(fake.asked), len(fake.read)
    answer = post(site, *BAD[kind](events.body_of(event)))
    assert (answer.status_code, answer.json["code"]) == (400, "invalid_signature")
    assert state_of(site, receipt) == ["awaiting_payment"]
    assert (len(fake.asked), len(fake.read)) == (asked, read)


def test_one_right_signature_of_several_is_enough(
    confirmed: tuple[Site, dict[str, Any], dict[str, Any]],
) -> None:
    """While the secret is being changed."""
    site, receipt, event = confirmed
    body = events.body_of(event)
    wrong = good(body, secret="whsec_old").rpartition(",")[2]
    answer = post(site, body, f"{good(body)},{wrong},v0={'0' * 64}")
    assert answer.status_code == 204
    assert state_of(site, receipt) == ["awaiting_payment", "paid"]


@pytest.mark.parametrize("age", [-300, 300])
def test_five_minutes_are_near_enough(
    confirmed: tuple[Site, dict[str, Any], dict[str, Any]], age: int
) -> None:
    site, receipt, event = confirmed
    body = events.body_of(event)
    assert post(site, body, good(body, at=START - timedelta(seconds=age))).status_code == 204
    assert state_of(site, receipt) == ["awaiting_payment", "paid"]


@pytest.mark.parametrize("body", [b"x", b"[]", b"null", b"{}", b'{"data": {"object": 1}}'])
def test_what_is_signed_and_makes_no_sense_is_refused(shop: Site, body: bytes) -> None:
    assert post(shop, body, good(body)).status_code == 422


def test_while_stripe_is_away_the_event_is_not_taken(
    confirmed: tuple[Site, dict[str, Any], dict[str, Any]], fake: FakeStripe
) -> None:
    site, receipt, event = confirmed
    fake.forget_keys()
    fake.next_fault("429")
    body = events.body_of(event)
    away = post(site, body, good(body))
    assert (away.status_code, away.headers["Retry-After"] != "") == (503, True)
    fake.books.cards_work_once = True
    assert post(site, body, good(body)).status_code == 204
    assert state_of(site, receipt) == ["awaiting_payment", "paid"]


def test_the_pages_are_told_the_public_key_and_no_other(shop: Site) -> None:
    answer = shop.browser().get("payment-methods")
    assert answer.json == {"gateway": "stripe", "publishable_key": PUBLISHABLE_KEY}
    assert SECRET_KEY not in answer.text


def test_no_secret_is_ever_logged(
    confirmed: tuple[Site, dict[str, Any], dict[str, Any]],
) -> None:
    site, receipt, event = confirmed
    body = events.body_of(event)
    post(site, body, good(body))
    post(site, body, "t=1,v1=x")
    logged = site.lines.getvalue().decode()
    assert logged
    for secret in (SECRET_KEY, events.SECRET, receipt["action"]["client_secret"]):
        assert secret not in logged
