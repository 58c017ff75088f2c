"""Refusals: one table, one shape, nothing of the inside."""

import inspect
from typing import Any

import orjson
import pytest
from tests.http.site import Site, a_site

from watchstore.domain import errors
from watchstore.domain.errors import DomainError, InvalidValue
from watchstore.entrypoints.http.problems import (
    STATUS,
    catalogue_of_problems,
    refused,
    status_of,
)
from watchstore.service_layer.ports import ConcurrencyConflict, GatewayUnavailable, Unavailable

EXPECTED = {
    "invalid_value": 422,
    "not_found": 404,
    "conflict": 409,
    "illegal_transition": 409,
    "stale_version": 412,
    "duplicate": 409,
    "not_for_sale": 409,
    "sold_out": 409,
    "all_reserved": 409,
    "hold_expired": 409,
    "mixed_currency": 409,
    "cart_limit": 409,
    "price_changed": 409,
    "in_progress": 409,
    "idempotency_key_reused": 422,
    "payment_declined": 402,
    "access_refused": 403,
    "not_signed_in": 401,
    "sign_in_refused": 401,
    "not_permitted": 403,
    "invalid_token": 400,
    "too_many_attempts": 429,
}


def test_every_refusal_of_the_domain_has_its_status() -> None:
    found = {code: status.value for code, status, _ in catalogue_of_problems()}
    assert {code: found[code] for code in EXPECTED} == EXPECTED
    kinds = [kind for kind in vars(errors).values() if inspect.isclass(kind)]
    assert all(status_of(kind) for kind in kinds if issubclass(kind, DomainError))
    assert set(STATUS) <= set(kinds)


def test_details_travel_but_never_replace_what_a_problem_says() -> None:
    refusal = errors.PriceChanged("It is 5 now.", amount=5, status="hacked", code="hacked")
    assert refused(refusal).document() == {
        "type": "/api/v1/docs#price_changed",
        "title": "Price changed",
        "status": 409,
        "detail": "It is 5 now.",
        "code": "price_changed",
        "amount": 5,
    }


@pytest.mark.parametrize(
    ("refusal", "retry"),
    [
        (errors.TooManyAttempts(17), "17"),
        (errors.AllReserved("Try later."), "60"),
        (errors.AllReserved("Try later.", retry_after=5), "5"),
        (errors.InProgress("Wait."), "1"),
        (errors.SoldOut("Gone."), None),
    ],
)
def test_when_to_come_back(refusal: DomainError, retry: str | None) -> None:
    assert refused(refusal).response().headers.get("Retry-After") == retry


def test_an_invalid_value_names_its_field() -> None:
    document = refused(InvalidValue("contact.name", "must not be empty")).document()
    assert document["errors"] == [{"field": "contact.name", "message": "must not be empty"}]


class Broken:
    """Answers every question with the same error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> Any:
        def fail(*_: Any, **__: Any) -> Any:
            raise self.error

        return fail


CANARY = "canary-4711 /usr/lib postgresql://user:secret@db"


@pytest.mark.parametrize("error", [Unavailable, GatewayUnavailable, ConcurrencyConflict])
def test_a_dependency_that_is_away_means_503(error: type[Exception]) -> None:
    broken = Broken(error(CANARY))
    site = a_site(documents=broken, sessions=broken, ping=broken.ping)
    browser = site.browser()
    browser.client.set_cookie("__Host-session", "A" * 43, domain="shop.example", secure=True)
    for path in ("health/ready", "watches", "brands", "watches/a", "account", "cart"):
        answer = browser.get(path)
        assert (answer.status_code, answer.json["code"]) == (503, "unavailable"), path
        assert answer.headers["Retry-After"] == "2"
        assert "canary" not in answer.text
    assert browser.get("health/live").status_code == 200


@pytest.mark.parametrize("error", [RuntimeError, RecursionError, KeyError, MemoryError])
def test_a_crash_shows_nothing_of_the_inside(error: type[Exception]) -> None:
    site = a_site(documents=Broken(error(CANARY)), ping=Broken(error(CANARY)).ping)
    for path in ("health/ready", "watches"):
        answer = site.browser().get(path)
        assert (answer.status_code, answer.json["code"]) == (500, "internal_error")
        assert answer.content_type == "application/problem+json"
        assert not {"canary", "Traceback", error.__name__} & set(answer.text.split())
        assert "canary" not in answer.text
    crashes = [line for line in site.log if line["event"] == "crashed"]
    assert len(crashes) == 2
    assert all(error.__name__ in line["exception"] for line in crashes)
    assert not any("canary-4711" in line["exception"] for line in crashes)


def test_a_wrong_method_says_which_are_right(site: Site) -> None:
    answer = site.browser().call("DELETE", "watches")
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_not_signed_in_says_how_to(site: Site) -> None:
    assert site.browser().get("account").headers["WWW-Authenticate"] == "Session"


def test_a_problem_is_plain_json() -> None:
    body = refused(errors.NotForSale("Gone.", offer_id="x")).response().get_data()
    assert orjson.loads(body)["offer_id"] == "x"
