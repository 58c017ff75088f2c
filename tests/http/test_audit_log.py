"""Who did what and when: one line for every sign-in, refusal and change by staff."""

import json
from datetime import datetime
from typing import Any

import pytest
from tests.harness import language
from tests.http.site import EMAILS, Browser, Site, a_site

ID = "5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11"
SECRETS = "sesame and tok_sesame"
FORGED = 'x\r\n{"event":"request","user":"nobody"}\u2028\x85\x00'


def line_of(site: Site, call: Any) -> dict[str, Any]:
    """The one line that a call has made."""
    before = len(site.log)
    call()
    (line,) = site.log[before:]
    assert line["event"] == "request"
    assert datetime.fromisoformat(line["timestamp"]).utcoffset().total_seconds() == 0
    return line


def changes(site: Site) -> list[tuple[str, str]]:
    """Every way in which staff change something."""
    return sorted(
        (method, rule.rule)
        for rule in site.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if "/office/" in rule.rule
    )


def path_of(rule: str) -> str:
    parts = [
        ID if part.startswith("<uuid:") else "WS-AAAAAAAAAA" if part.startswith("<") else part
        for part in rule.split("/")
    ]
    return "/".join(parts)


CHANGES = changes(a_site())


def test_there_are_changes() -> None:
    assert len(CHANGES) >= 20


@pytest.mark.parametrize(("method", "rule"), CHANGES)
def test_a_change_by_staff_has_a_line(
    still: Site, still_manager: Browser, method: str, rule: str
) -> None:
    user = still_manager.get("session").json["user"]["id"]
    line = line_of(still, lambda: still_manager.call(method, path_of(rule), {}))
    assert (line["user"], line["method"], line["route"]) == (user, method, rule)


@pytest.mark.parametrize(("method", "rule"), CHANGES)
def test_a_change_that_is_refused_says_why(
    still: Site, still_customer: Browser, method: str, rule: str
) -> None:
    user = still_customer.get("session").json["user"]["id"]
    line = line_of(still, lambda: still_customer.call(method, path_of(rule), {}))
    assert (line["user"], line["status"]) == (user, 403)
    assert line["code"]


def test_a_sign_in_has_a_line(site: Site) -> None:
    language.a_customer(site.house, EMAILS["customer"])
    browser = site.browser()
    line = line_of(site, lambda: browser.sign_in(EMAILS["customer"]))
    assert (line["act"], line["status"], line["client"]) == ("signed_in", 201, "198.51.100.7")
    assert line["user"]
    line = line_of(site, lambda: browser.delete("session"))
    assert line["act"] == "signed_out"


@pytest.mark.parametrize("email", [EMAILS["customer"], "nobody@example.com"])
def test_a_sign_in_that_fails_has_one_too(site: Site, email: str) -> None:
    language.a_customer(site.house, EMAILS["customer"])
    line = line_of(site, lambda: site.browser().sign_in(email, "canary-password"))
    assert (line["status"], line["client"]) == (401, "198.51.100.7")
    assert line["code"]
    assert "user" not in line
    assert email not in json.dumps(line)


@pytest.mark.parametrize(
    ("expected", "call"),
    [
        (400, lambda browser: browser.call("POST", "session", data="{", content_type="text/json")),
        (401, lambda browser: browser.get("orders")),
        (403, lambda browser: browser.call("POST", "session", {}, headers={"Origin": "http://x"})),
        (404, lambda browser: browser.get("nowhere")),
        (405, lambda browser: browser.call("DELETE", "brands")),
        (422, lambda browser: browser.post("session", {"email": 1})),
    ],
    ids=["unreadable", "anonymous", "foreign", "unknown", "wrong method", "invalid"],
)
def test_a_refusal_has_one_line(site: Site, expected: int, call: Any) -> None:
    line = line_of(site, lambda: call(site.browser()))
    assert line["status"] in {expected, 415}
    assert line["code"]


def test_nothing_that_is_sent_makes_a_second_line(site: Site) -> None:
    manager = site.signed_in("manager")
    before = len(site.lines.getvalue().splitlines())
    bodies = [
        ("session", {"email": FORGED, "password": FORGED}),
        ("account", {"email": "a@example.com", "name": FORGED, "password": FORGED}),
        ("office/watches", {"brand": FORGED, "collection": FORGED, "reference": FORGED}),
    ]
    for path, body in bodies:
        manager.post(path, body)
    manager.call("GET", "brands", headers={"User-Agent": "x\ty", "X-Request-Id": "a" * 70})
    manager.get("watches/%0d%0a%E2%80%A8%C2%85")
    written = site.lines.getvalue()
    assert len(written.splitlines()) == before + len(bodies) + 2
    assert all(json.loads(line)["event"] == "request" for line in written.split(b"\n") if line)


class Canary(Exception):
    """As a driver's: it quotes what it was given."""


def test_a_crash_tells_where_and_not_with_what(site: Site) -> None:
    def crash(_command: object) -> None:
        raise ValueError(SECRETS) from Canary(SECRETS)

    site.house.shop.sign_in = crash
    answer = site.browser().sign_in("a@example.com", SECRETS)
    assert answer.status_code == 500
    (crashed,) = [line for line in site.log if line["event"] == "crashed"]
    assert SECRETS not in site.lines.getvalue().decode()
    assert "in crash" in crashed["exception"]
    assert "ValueError\nThat came of:\n" in crashed["exception"]
    assert crashed["exception"].endswith("Canary")
