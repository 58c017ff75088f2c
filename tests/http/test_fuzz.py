"""Whatever is sent: never a 5xx, never a word of the inside, and every refusal is a problem."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness import language
from tests.harness.torture import repetitions
from tests.http.site import ADDRESS, Browser, a_site, order_body
from tests.http.test_access import FILLED, ID, MAY

# Those that would end the session, or lock the account, for the examples that follow.
SPARED = {
    "DELETE /api/v1/session",
    "DELETE /api/v1/sessions",
    "PUT /api/v1/account/password",
    "POST /api/v1/session",
}
ROUTES = sorted(set(MAY) - SPARED)
BODIES: dict[str, Any] = {
    "account": {"email": "a@example.com", "name": "A", "password": "a long enough one"},
    "order": order_body(ID),
    "watch": {
        "brand": "Omega",
        "reference": "1",
        "name": "N",
        "specification": {"diameter_mm": 40, "complications": ["date"]},
    },
    "offer": {"condition": "new", "price": {"amount": 1, "currency": "USD"}, "note": ""},
    "pieces": {"pieces": [{"serial": "1", "box": True}]},
    "line": {"quantity": 1},
    "parcel": {"carrier": "DHL", "tracking": "1"},
    "reason": {"reason": "x"},
    "checkout": {"delivery": "express", "voucher": "TEN", "contact": None},
    "checkout order": {"payment": {"card": "tok_accepted"}},
    "voucher": {"code": "TEN", "kind": "percent", "percent": 10, "ends_at": None, "uses": 5},
    "address": {**ADDRESS, "default": True},
    "wishes": {"slugs": ["grand-seiko-heritage-sbga211"]},
    "password": {"password": "x"},
    "token": {"token": "x", "password": "a long enough one"},
}
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(["\x00", "\u202e", "' OR 1=1 --", "=cmd()", "../../etc/passwd", "9" * 400])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["q", "brand", "sort", "cursor", "limit", "page", "state", "publication"])
        | st.text(max_size=6),
        st.text(max_size=12) | st.integers().map(str) | st.sampled_from(["%00", "%ff", "price"]),
    ),
    max_size=3,
)
SEGMENTS = st.sampled_from([None, None, "a", "WS-7K3M9Q2XAB"]) | st.text(
    st.characters(codec="utf-8", exclude_characters="/?#"), min_size=1, max_size=12
)


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """A body as it should be for some route, with one place overwritten."""
    body = deepcopy(draw(st.sampled_from(sorted(BODIES)).map(BODIES.__getitem__)))
    holder, key = draw(st.sampled_from(list(places(body))))
    holder[key] = draw(VALUES)
    return body


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from places(node[key])


@pytest.fixture(scope="module")
def manager() -> Browser:
    site = a_site()
    language.an_offer(site.house, 2, watch=language.a_watch(site.house))
    manager = site.signed_in("manager")
    # So that the limits of one account or address do not hide what lies behind them.
    site.house.shop.ports.limiter.hit = lambda *_: None  # type: ignore[method-assign]
    return manager


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    method, path = draw(st.sampled_from(ROUTES)).split()
    for name, value in FILLED.items():
        path = path.replace(name, draw(SEGMENTS) or value)
    header = draw(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20))
    names = ("Idempotency-Key", "If-Match", "If-None-Match")
    more: dict[str, Any] = {
        "query_string": draw(QUERIES),
        "headers": dict.fromkeys(names, header),
    }
    if method != "GET":
        more["json"] = draw(spoilt() | VALUES)
    return method, path, more


@settings(max_examples=repetitions(500), suppress_health_check=list(HealthCheck))
@given(call=calls())
def test_nothing_sent_breaks_anything(
    manager: Browser, call: tuple[str, str, dict[str, Any]]
) -> None:
    method, path, more = call
    answer = manager.call(method, path, **deepcopy(more))
    assert answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"
        assert answer.json["code"]
