"""What an unsafe call must prove, and what no call may do."""

import io

import pytest
from tests.harness.shop import PUBLIC_URL
from tests.http.site import API, Browser, Site, a_site

from watchstore.entrypoints.http import HttpSettings


@pytest.fixture(scope="module")
def site() -> Site:
    """One for all: what is refused changes nothing."""
    return a_site()


@pytest.fixture(scope="module")
def customer(site: Site) -> Browser:
    return site.signed_in("customer")


UNSAFE = [
    ("POST", "session"),
    ("POST", "account"),
    ("DELETE", "session"),
    ("PUT", "cart/lines/5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11"),
    ("PATCH", "account"),
    ("POST", "orders"),
]
FOREIGN: list[dict[str, str]] = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": f"{PUBLIC_URL}.evil.example"},
    {"Origin": PUBLIC_URL.replace("https", "http")},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": PUBLIC_URL, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize(("method", "path"), UNSAFE)
def test_a_foreign_or_absent_origin_is_refused(
    customer: Browser, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = customer.client.open(
        f"{API}/{path}", method=method, base_url=PUBLIC_URL, headers=headers, json={}
    )
    assert (answer.status_code, answer.json["code"]) == (403, "origin_refused")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": PUBLIC_URL}])
def test_our_own_pages_may(browser: Browser, headers: dict[str, str]) -> None:
    answer = browser.client.delete(f"{API}/session", base_url=PUBLIC_URL, headers=headers)
    assert answer.status_code == 204


def test_a_laptop_goes_by_three_names() -> None:
    origins = HttpSettings(public_url="http://127.0.0.1:8000").origins
    assert origins == {
        "http://127.0.0.1:8000",
        "http://localhost:8000",
        "http://[::1]:8000",
    }
    assert HttpSettings(public_url=PUBLIC_URL).origins == {PUBLIC_URL}


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/plain; application/json",
        "application/octet-stream",
        "",
    ],
)
@pytest.mark.parametrize(("method", "path"), UNSAFE)
def test_only_json_is_read(browser: Browser, method: str, path: str, content_type: str) -> None:
    answer = browser.call(method, path, data=b'{"a": 1}', content_type=content_type)
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_form_without_fields_is_a_form_too(browser: Browser, content_type: str) -> None:
    answer = browser.call("DELETE", "session", headers={"Content-Type": content_type})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed_body"),
        (b"{", 400, "malformed_body"),
        (b"[]", 400, "malformed_body"),
        (b"null", 400, "malformed_body"),
        (b'"text"', 400, "malformed_body"),
        (b'{"email": NaN}', 400, "malformed_body"),
        (b'{"email": "\xff"}', 400, "malformed_body"),
        (b'{"email": "\\ud800"}', 400, "malformed_body"),
        (b"[" * 60_000, 400, "malformed_body"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, "malformed_body"),
        (b'{"a":' * 20 + b"1" + b"}" * 20, 400, "malformed_body"),
        (b'{"email": "' + b"x" * 70_000 + b'"}', 413, "request_entity_too_large"),
    ],
    ids=range(12),
)
def test_bodies_that_are_not_read(browser: Browser, body: bytes, status: int, code: str) -> None:
    answer = browser.call("POST", "session", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.content_type == "application/problem+json"


def test_a_body_of_unknown_length_is_cut_off(browser: Browser) -> None:
    answer = browser.client.open(
        f"{API}/session",
        method="POST",
        base_url=PUBLIC_URL,
        headers={"Origin": PUBLIC_URL, "Transfer-Encoding": "chunked"},
        content_type="application/json",
        input_stream=io.BytesIO(b" " * 200_000),
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert (answer.status_code, answer.json["code"]) == (413, "request_entity_too_large")


def test_heads_have_limits(browser: Browser) -> None:
    many = {f"X-{number}": "1" for number in range(3000)}
    assert browser.get("health/live", headers=many).status_code == 431
    assert browser.get("health/live", headers={"X-Long": "x" * 65_536}).status_code == 431
    assert browser.get("watches?q=" + "x" * 5000).status_code == 414


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "OPTIONS", "PROPFIND", "GETX"])
def test_odd_methods_are_refused(browser: Browser, method: str) -> None:
    answer = browser.call(method, "watches", headers={"Cookie": "session=canary"})
    assert answer.status_code == 405
    assert "canary" not in answer.text


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "health/live", 200),
        ("GET", "brands", 200),
        ("GET", "account", 401),
        ("GET", "office/stock", 401),
        ("GET", "nowhere", 404),
        ("GET", "watches/no-such-watch", 404),
        ("DELETE", "watches", 405),
        ("TRACE", "watches", 405),
        ("GET", "watches?q=" + "x" * 5000, 414),
        ("POST", "session", 400),
    ],
)
def test_every_answer_has_its_headers(
    browser: Browser, method: str, path: str, status: int
) -> None:
    answer = browser.call(method, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["X-Request-Id"]
    assert len(answer.headers.getlist("Cache-Control")) == 1
    if status >= 400:
        assert answer.content_type == "application/problem+json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json["status"] == status


def test_plain_http_promises_no_tls() -> None:
    site = a_site(HttpSettings(public_url="http://127.0.0.1:8000"))
    answer = site.browser().get("health/live")
    assert "Strict-Transport-Security" not in answer.headers


REDIRECTS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/api//v1/watches",
    "/api/v1//watches",
    "/api/v1/watches/",
    "/api/v1/docs/",
    "/%2f%2fevil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/api/v1/watches/..//evil.example",
    "/api/v1/session?next=https://evil.example",
    "/api/v1/session?return_to=//evil.example",
    "/api/v1/account?next=javascript:alert(1)",
    "/api/v1/watches/https://evil.example",
    "/api/v1/docs?url=https://evil.example",
]


@pytest.mark.parametrize("path", REDIRECTS)
def test_nothing_redirects(site: Site, path: str) -> None:
    answer = site.browser().client.get(path, base_url=PUBLIC_URL, headers={"Host": "evil.example"})
    assert not 300 <= answer.status_code < 400
    assert "Location" not in answer.headers
