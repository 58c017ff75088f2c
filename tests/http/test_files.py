"""CSV files over HTTP: sent by staff as text/csv, answered with what became of each row."""

import pytest
from tests.harness import language
from tests.http.site import Browser, Site
from werkzeug.test import TestResponse

HEADER = "brand,reference,name,price\n"
FILE = HEADER + "Sinn,556,A,$1800\nSinn,,B,\n"
OFFERS = "brand,reference,condition,price\nSinn,556,used,$900\nSinn,104,used,$1\n"


def send(browser: Browser, path: str, text: str, **more: object) -> TestResponse:
    more = {"content_type": "text/csv; charset=utf-8"} | more
    return browser.post(f"office/{path}", data=text.encode(), **more)


def test_a_file_is_taken_and_its_faults_are_told(site: Site, manager: Browser) -> None:
    answer = send(manager, "imports?publish=true", FILE)
    assert answer.status_code == 200, answer.text
    assert answer.json == {
        "created": 1,
        "revised": 0,
        "unchanged": 0,
        "refused": 1,
        "offers_opened": 1,
        "repriced": 0,
        "faults": [{"line": 3, "column": "reference", "reason": "must not be empty"}],
    }
    assert site.browser().get("watches/sinn-556").json["offers"][0]["price"]["amount"] == 180_000
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_dry_run_tells_the_same_and_changes_nothing(site: Site, manager: Browser) -> None:
    promised = send(manager, "imports?dry_run=true&publish=true", FILE)
    assert site.house.storage.office.watches().total == 0
    assert send(manager, "imports?publish=true", FILE).json == promised.json


def test_a_currency_can_be_given_for_prices_that_name_none(manager: Browser) -> None:
    text = HEADER + "Sinn,556,A,1800\n"
    assert send(manager, "imports?default_currency=EUR", text).json["offers_opened"] == 1
    answer = send(manager, "imports?default_currency=XXX", text)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_value")


def test_pieces_are_received(site: Site, manager: Browser) -> None:
    send(manager, "imports?publish=true", FILE)
    answer = send(manager, "imports/offers", OFFERS)
    assert answer.json == {
        "received": 1,
        "unchanged": 0,
        "refused": 1,
        "offers_opened": 1,
        "faults": [{"line": 3, "column": "reference", "reason": "is not in the catalogue"}],
    }
    assert [row.free for row in site.house.storage.office.stock() if row.amount == 90_000] == [1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n", "is empty"),
        ("name\nx\n", "line 1: a header with brand and reference is missing"),
        (HEADER + "a,b\0,c,d\n", "line 2: holds a NUL byte"),
    ],
)
def test_what_is_no_such_file_is_a_problem(manager: Browser, text: str, reason: str) -> None:
    answer = send(manager, "imports", text)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_value")
    assert reason in answer.text


def test_only_csv_is_read(manager: Browser) -> None:
    for content_type in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        answer = send(manager, "imports", FILE, content_type=content_type)
        assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


def test_csv_is_read_nowhere_else(manager: Browser) -> None:
    answer = send(manager, "watches", FILE)
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


def test_a_file_may_be_larger_than_other_bodies_but_not_endless(manager: Browser) -> None:
    large = HEADER + "Sinn,556,A,\n" * 20_000
    assert send(manager, "imports?dry_run=true", large).json["refused"] == 19_999
    answer = send(manager, "imports", "x" * (10 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json["code"]) == (413, "request_entity_too_large")


def test_a_file_of_unknown_length_is_refused(manager: Browser) -> None:
    answer = manager.post(
        "office/imports",
        content_type="text/csv",
        headers={"Transfer-Encoding": "chunked"},
    )
    assert (answer.status_code, answer.json["code"]) == (411, "length_required")


def test_a_page_of_another_site_cannot_send_one(site: Site, manager: Browser) -> None:
    answer = send(manager, "imports", FILE, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json["code"]) == (403, "origin_refused")
    assert site.house.storage.office.watches().total == 0


def test_the_catalogue_is_downloaded_and_importing_it_changes_nothing(
    site: Site, manager: Browser
) -> None:
    language.a_watch(site.house)
    site.offer()
    answer = manager.get("office/exports/catalogue.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="catalogue.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    again = send(manager, "imports", answer.text).json
    assert (again["unchanged"], again["refused"], again["faults"]) == (2, 0, [])
