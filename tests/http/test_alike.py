"""Nobody learns from an answer, nor from how long it takes, who has an account or an order."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Final

import pytest
from tests.harness import language
from tests.harness.alike import last_equally_long
from tests.http.site import Site, a_site
from werkzeug.test import TestResponse

from watchstore.adapters.argon2 import Argon2Hasher
from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller

pytestmark = pytest.mark.serial

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
    known, unknown = (Asking(site, ask) for ask in PAIRS_OF[what])
    alike, found = last_equally_long(known, unknown)
    assert {*known.answers} == {*unknown.answers}
    assert len({*known.answers}) == 1
    assert alike, found


class Asking:
    """One of the two questions, again and again; what is answered is told apart by its count."""

    def __init__(self, site: Site, ask: Ask) -> None:
        self._site, self._ask = site, ask
        self._order = language.only_order(site.house).number
        self.answers: Counter[tuple[int, bytes]] = Counter()

    def __call__(self) -> None:
        self._site.house.clock.advance(HOUR)
        answer = self._ask(self._site, self._order, self.answers.total())
        assert answer.status_code != HTTPStatus.TOO_MANY_REQUESTS
        self.answers[answer.status_code, answer.data] += 1
