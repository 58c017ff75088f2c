"""What is noted of a request: one line, no secrets, nothing forged; and its measurement."""

import pytest
from tests.harness import language
from tests.harness.shop import PUBLIC_URL
from tests.http.site import EMAILS, Browser, Site, order_body


def lines(site: Site) -> list[dict[str, object]]:
    return [line for line in site.log if line["event"] == "request"]


def test_every_request_has_one_line(site: Site, browser: Browser) -> None:
    answers = [browser.get("brands"), browser.get("account"), browser.get("nowhere")]
    noted = [
        {name: line.get(name) for name in ("method", "path", "route", "status", "code", "client")}
        for line in lines(site)
    ]
    common = {"method": "GET", "client": "198.51.100.7"}
    assert noted == [
        {
            **common,
            "path": "/api/v1/brands",
            "route": "/api/v1/brands",
            "status": 200,
            "code": None,
        },
        {
            **common,
            "path": "/api/v1/account",
            "route": "/api/v1/account",
            "status": 401,
            "code": "not_signed_in",
        },
        {
            **common,
            "path": "/api/v1/nowhere",
            "route": "none",
            "status": 404,
            "code": "not_found",
        },
    ]
    ids = [answer.headers["X-Request-Id"] for answer in answers]
    assert [line["request_id"] for line in lines(site)] == ids
    assert len(set(ids)) == 3
    assert all(str(line["timestamp"]).endswith("Z") for line in lines(site))


def test_who_did_it_is_noted(site: Site) -> None:
    language.a_customer(site.house, EMAILS["customer"])
    browser = site.browser()
    user = browser.sign_in(EMAILS["customer"]).json["user"]["id"]
    browser.get("account")
    browser.delete("session")
    assert [(line["user"], line.get("act")) for line in lines(site)] == [
        (user, "signed_in"),
        (user, None),
        (user, "signed_out"),
    ]


def test_a_caller_may_name_its_request(site: Site, browser: Browser) -> None:
    answer = browser.get("brands", headers={"X-Request-Id": "trace-0123"})
    assert answer.headers["X-Request-Id"] == "trace-0123"
    assert lines(site)[0]["request_id"] == "trace-0123"


@pytest.mark.parametrize("given", ["short", "x" * 65, "has space in it", "semi;colon;id", "ä" * 9])
def test_an_odd_name_is_not_repeated(browser: Browser, given: str) -> None:
    answer = browser.get("brands", headers={"X-Request-Id": given})
    assert answer.headers["X-Request-Id"] != given


def test_no_input_makes_a_second_line(site: Site, browser: Browser) -> None:
    forged = '%0d%0a{"event":"request","status":200}'
    browser.get(f"watches/{forged}")
    browser.get(f"/{forged}")
    browser.post("session", {"email": "a\r\n@example.com", "password": "x\r\ny"})
    assert len(site.lines.getvalue().splitlines()) == 3


CANARIES = {
    "password": "canary-password-1",
    "new password": "canary-password-2",
    "card": "tok_canary",
    "cookie": "canary" + "A" * 37,
    "token": "canary-token",
    "query": "canary-query",
    "key": "canary-key",
    "street": "canary-street",
}


def test_no_secret_reaches_the_log(site: Site) -> None:
    email = EMAILS["customer"]
    browser = site.signed_in("customer")
    secrets = [browser.cookie("__Host-session")]
    browser.post("account", {"email": email, "name": "A", "password": CANARIES["password"]})
    browser.sign_in(email, CANARIES["password"])
    browser.put("account/password", {"current": language.PASSWORD, "new": CANARIES["new password"]})
    browser.put(
        "account/password-reset", {"token": CANARIES["token"], "password": CANARIES["password"]}
    )
    body = order_body(site.offer(), payment={"card": CANARIES["card"]})
    body["address"] = {**body["address"], "street": CANARIES["street"]}
    browser.order(body, CANARIES["key"])
    browser.get(f"watches?q={CANARIES['query']}")
    browser.client.get(
        "/api/v1/account",
        base_url=PUBLIC_URL,
        headers={"Cookie": f"__Host-session={CANARIES['cookie']}"},
    )
    secrets.append(browser.cookie("__Host-session"))
    text = site.lines.getvalue().decode()
    assert len(lines(site)) >= 8
    assert [name for name, canary in CANARIES.items() if canary in text] == []
    assert not any(secret in text for secret in secrets if secret)
    assert language.PASSWORD not in text
    assert email not in text


def test_requests_are_counted_by_route_and_never_by_what_callers_make_up(site: Site) -> None:
    browser = site.browser()
    for number in range(5):
        browser.get(f"watches/none-{number}")
        browser.get(f"made-up-{number}")
        browser.call(f"MADEUP{number}", "brands")
    names = ("method", "route", "status")
    counted = {
        tuple(sample.labels[name] for name in names): sample.value
        for metric in site.registry.collect()
        for sample in metric.samples
        if sample.name == "http_request_seconds_count"
    }
    assert counted == {
        ("GET", "/api/v1/watches/<slug>", "4xx"): 5,
        ("GET", "none", "4xx"): 5,
        ("other", "none", "4xx"): 5,
    }
