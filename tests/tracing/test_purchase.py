"""A purchase is one trace: the request, its statements and gateway call, and the mail it causes."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from tests.harness.buying import guest, order_body
from tests.harness.goods import Goods
from tests.harness.stack import Stack, running_stack
from tests.tracing.collector import Collector, Seen, collecting

from watchstore.domain import OfferId
from watchstore.entrypoints.library import open_shop

ORDER = "POST /api/v1/orders"
MAIL = "deliver order.paid to mail"
CANARIES = {
    "email": "canary-mail@example.com",
    "name": "Canary Name",
    "phone": "+49 30 5550000",
    "street": "Canary Street 1",
    "city": "Canaryville",
    "password": "canary-password-1",
    "key": "canary-key",
    "query": "canaryquery",
}


@pytest.fixture(scope="module")
def traced(tmp_path_factory, database_url: str) -> Iterator[tuple[Stack, Collector]]:
    with pytest.MonkeyPatch.context() as patch, collecting() as collector:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        with running_stack(tmp_path_factory.mktemp("traced"), database_url, "") as stack:
            yield stack, collector


@pytest.fixture(scope="module")
def offer(traced: tuple[Stack, Collector]) -> OfferId:
    with open_shop(traced[0].database_url) as shop:
        return Goods(shop).offer(9)


@pytest.fixture
def stack(traced: tuple[Stack, Collector]) -> Stack:
    return traced[0]


@pytest.fixture
def collector(traced: tuple[Stack, Collector]) -> Collector:
    traced[1].forget()
    return traced[1]


def children(spans: list[Seen], parent: Seen) -> list[Seen]:
    return [each for each in spans if each.parent == parent.span and each.trace == parent.trace]


def the(spans: list[Seen], name: str) -> Seen:
    (only,) = [each for each in spans if each.name == name]
    return only


def test_it_is_one_trace(stack, collector, offer) -> None:
    with closing(guest(stack.url, offer)) as client:
        stranger = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        order = order_body((offer, 1))
        answer = client.post("/orders", order, Idempotency_Key="k", traceparent=stranger)
        assert answer.status == 201
    spans = collector.wait_for(MAIL)

    request = the(spans, ORDER)
    assert (request.parent, request.service) == (b"", "watchstore-web")
    assert request.trace.hex() not in stranger
    assert request.attributes["http.response.status_code"] == "201"
    beneath = children(spans, request)
    asked = [each for each in beneath if each.name.startswith("database ")]
    assert {"database INSERT", "database WITH"} & {each.name for each in asked}
    charge = the(beneath, "gateway.authorise")
    assert charge.attributes == {"gateway.outcome": "approved"}
    mail = the(beneath, MAIL)
    assert mail.service == "watchstore-worker"
    assert [each for each in children(spans, mail) if each.name == "database SELECT"]
    assert not any(each.failed for each in beneath)

    lines = (stack.folder / "web.log").read_text().splitlines()
    logged = [json.loads(line) for line in lines if line.startswith("{")]
    assert [each["route"] for each in logged if each.get("trace") == request.trace.hex()] == [
        "/api/v1/orders"
    ]


def test_a_worker_that_finds_nothing_sends_nothing(
    stack: Stack, collector: Collector, offer: OfferId
) -> None:
    with closing(guest(stack.url, offer)) as client:
        client.get("/cart")
    spans = collector.wait_for("GET /api/v1/cart")
    assert {each.service for each in spans if not each.name.startswith("deliver")} == {
        "watchstore-web"
    }


def mailed_token(folder: Path) -> str:
    """Of the only mail that has a link with one."""
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in folder.iterdir()]
    texts = [
        part.get_content() for mail in mails for part in mail.walk() if not part.is_multipart()
    ]
    return next(found[1] for text in texts if (found := re.search(r"/\w+#(\S+)", text)))


def test_no_value_that_somebody_sent_is_in_a_span_or_a_log(
    stack: Stack, collector: Collector, offer: OfferId
) -> None:
    account = {each: CANARIES[each] for each in ("email", "name", "password")}
    with closing(guest(stack.url, offer)) as client:
        assert client.post("/account", account).status == 202
        collector.wait_for("deliver account.registered to mail")
        secrets = [*client.cookies.values(), mailed_token(stack.folder / "mail")]
        assert client.post("/account/verification", {"token": secrets[-1]}).status < 300
        known = {each: CANARIES[each] for each in ("email", "password")}
        assert client.post("/session", known).status == 201
        client.put("/account/password-reset", {"token": secrets[-1], "password": "canary-new-1"})
        client.get(f"/watches?q={CANARIES['query']}")
        client.get(f"/watches/{CANARIES['query']}")
        address = {"name": CANARIES["name"], "street": CANARIES["street"]}
        address |= {"city": CANARIES["city"], "postcode": "12345", "country": "DE"}
        contact = {each: CANARIES[each] for each in ("email", "name", "phone")}
        for card in ("tok_accepted", "tok_declined", "tok_timeout"):
            body = {**order_body((offer, 1), card=card), "contact": contact}
            body |= {"address": address, "delivery": "standard"}
            client.post("/orders", body, Idempotency_Key=f"{CANARIES['key']}-{card}")
            secrets.append(card)
        client.post("/session", {"email": "canary-broken", "password": "x"})
        secrets += [*client.cookies.values()]
    spans = collector.wait_for(ORDER, 3)
    collector.wait_for(MAIL)
    assert len(spans) > 30
    raw = collector.raw
    assert [name for name, canary in CANARIES.items() if canary.encode() in raw] == []
    assert [secret for secret in secrets if secret.encode() in raw] == []
    assert b"canary" not in raw.lower()
    assert b"db.query.text" in raw
    for log in ("web.log", "worker.log"):
        written = (stack.folder / log).read_text()
        assert written
        assert [name for name, canary in CANARIES.items() if canary in written] == ["query"] * (
            log == "web.log"  # a path that was asked for is noted, what comes after ? is not
        )
        assert [secret for secret in secrets if secret in written] == []


def test_a_call_that_fails_says_what_kind_of_failure(
    stack: Stack, collector: Collector, offer: OfferId
) -> None:
    with closing(guest(stack.url, offer)) as client:
        answer = client.post(
            "/orders", order_body((offer, 1), card="tok_timeout"), Idempotency_Key="k"
        )
        assert answer.status in {201, 202, 503}
    spans = collector.wait_for(ORDER)
    charge = the(children(spans, the(spans, ORDER)), "gateway.authorise")
    assert charge.failed
    assert charge.attributes["error.type"] == "GatewayUnavailable"
