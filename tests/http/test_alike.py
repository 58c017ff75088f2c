"""Nobody learns from an answer, nor from how long it takes, who has an account or an order."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import Final

import pytest
from tests.harness import language
from tests.http.site import Site, a_site
from werkzeug.test import TestResponse

from watchstore.adapters.argon2 import Argon2Hasher
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller

pytestmark = pytest.mark.serial

PAIRS: Final = 60
CLOSE: Final = 0.15
# Another process may disturb one series, and the same half of it; a leak shows in each.
SERIES: Final = 4
KNOWN, HOUR = "ada@example.com", 3600

# (the site, the number of its order, how often it was asked already)
Ask = Callable[[Site, str, int], TestResponse]
Pair = tuple[Ask, Ask]


def signing_in(email: str) -> Ask:
    return lambda site, *_: site.browser().sign_in(email, "wrong password")


def registering(email: str) -> Ask:
    return lambda site, _, number: site.browser().post(
        "account",
        {"email": email.format(number), "name": "Ada", "password": language.PASSWORD},
    )


def resetting(email: str) -> Ask:
    return lambda site, *_: site.browser().post("account/password-reset", {"email": email})


def tracking(email: str, *, known: bool) -> Ask:
    missing = "WS-0000000000"
    return lambda site, number, _: site.browser().post(
        "orders/track", {"number": number if known else missing, "email": email}
    )


PAIRS_OF: Final[dict[str, Pair]] = {
    "signing in": (signing_in(KNOWN), signing_in("nobody@example.com")),
    "registering": (registering(KNOWN), registering("new{}@example.com")),
    "resetting": (resetting(KNOWN), resetting("nobody@example.com")),
    "tracking": (
        tracking("bob@example.com", known=True),
        tracking(KNOWN, known=False),
    ),
}


@pytest.fixture
def site(own_database_url: str) -> Iterator[Site]:
    """The real database and the real hasher; limits are lifted by the passing of hours."""
    storage = PostgresStorage(own_database_url, pool_size=2, speller=RapidfuzzSpeller)
    built = a_site(storage=storage)
    hasher = Argon2Hasher(2)
    built.house.shop.ports = replace(built.house.shop.ports, hasher=hasher)
    language.a_customer(built.house, KNOWN)
    language.buy(built.house, built.offer())
    yield built
    storage.close()


@pytest.mark.parametrize("what", PAIRS_OF)
def test_what_is_known_is_answered_as_what_is_not(site: Site, what: str) -> None:
    ratios = []
    for series in range(SERIES):
        seconds = _series(site, PAIRS_OF[what], series)
        ratios.append(median(seconds[0]) / median(seconds[1]))
        if 1 - CLOSE <= ratios[-1] <= 1 / (1 - CLOSE):
            return
    raise AssertionError(ratios)


def _series(site: Site, pair: Pair, series: int) -> tuple[list[float], list[float]]:
    """Interleaved, each of the two first in turn."""
    seconds: tuple[list[float], list[float]] = ([], [])
    order = language.only_order(site.house).number
    for number in range(PAIRS):
        site.house.clock.advance(HOUR)
        answers: dict[int, TestResponse] = {}
        for which in (number % 2, 1 - number % 2):
            begun = time.perf_counter()
            answers[which] = pair[which](site, order, series * PAIRS + number)
            seconds[which].append(time.perf_counter() - begun)
        known, unknown = answers[0], answers[1]
        assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
        assert known.status_code != 429
    return seconds
