"""nginx as the stand-in for CloudFront: what it keeps, what it never keeps, what it holds off."""

import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from statistics import quantiles
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from tests.harness.browserless import Client, Reply

from compose import FRESH, Compose
from engine import logs

CATALOGUE = "/api/v1/watches?limit=2"
HASHED = re.compile(rb'href="(/css\.[0-9a-f]+/shop\.css)"')


def place(shop: Compose) -> tuple[str, int]:
    parts = urlsplit(shop.url)
    return str(parts.hostname), int(parts.port or 0)


def ask(shop: Compose, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
    connection = HTTPConnection(*place(shop), timeout=20)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, given)
    answer = connection.getresponse()
    reply = Reply(answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return reply


def unique(path: str = "/api/v1/watches?limit=2") -> str:
    """A question that nobody asked yet."""
    return f"{path}&q=omega+{uuid4().hex[:8]}"


def logs_of(shop: Compose, service: str) -> str:
    return "\n".join(logs(each) for each in shop.containers(service))


@pytest.fixture(scope="module")
def slug(shop: Compose) -> str:
    found: str = ask(shop, "/api/v1/watches?limit=1").json["items"][0]["slug"]
    return found


@pytest.fixture(scope="module", autouse=True)
def asked_early(shop: Compose) -> tuple[str, bytes, float]:
    """A question whose kept answer is old when the last test asks again."""
    path = unique()
    return path, ask(shop, path).body, time.monotonic()


# Pages


def test_pages_carry_what_cloudfront_would_add(shop: Compose, slug: str) -> None:
    for path in ("/", "/de/", f"/pictures/{slug}.svg"):
        answer = ask(shop, path)
        assert answer.status == 200, path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"]
        assert answer.headers["Server"] == "nginx"  # and not which


def test_only_the_checkout_may_load_what_takes_cards(shop: Compose) -> None:
    policies = {
        path: "js.stripe.com" in ask(shop, path).headers["Content-Security-Policy"]
        for path in ("/", "/checkout/", "/de/checkout/", "/nothing/checkout/")
    }
    assert list(policies.values()) == [False, True, True, False]


def test_pages_live_a_minute_and_assets_for_ever(shop: Compose, slug: str) -> None:
    home = ask(shop, "/")
    (styles,) = HASHED.search(home.body).groups()
    lives = {
        path: ask(shop, path).headers["Cache-Control"]
        for path in ("/", styles.decode(), f"/pictures/{slug}.svg", "/nothing-here/")
    }
    assert list(lives.values()) == [
        "public, max-age=60",
        "public, max-age=31536000, immutable",
        "public, max-age=86400",
        "public, max-age=60",
    ]


def test_a_page_is_packed_and_asked_for_once(shop: Compose) -> None:
    packed = ask(shop, "/", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    again = ask(shop, "/", If_None_Match=packed.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_an_address_without_its_slash_leads_to_the_page(shop: Compose) -> None:
    answer = ask(shop, "/brands?sort=name")
    assert (answer.status, answer.headers["Location"]) == (308, "/brands/?sort=name")


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/.published.json",
            "/.publisher",
            "/.%70ublished.json",
            "/metrics",
            "/brands/../.publisher",
        ),
        *("/api/v1/health/ready", "/api/v1/health/live", "/api/v1//health/ready", "/nothing"),
        "/api/v1/%68ealth/ready",
    ],
)
def test_what_is_internal_is_not_there(shop: Compose, path: str) -> None:
    assert ask(shop, path).status == 404


def test_what_is_not_there_is_told_in_the_reader_s_language(shop: Compose) -> None:
    assert b'lang="en"' in ask(shop, "/nothing").body
    assert b'lang="de"' in ask(shop, "/de/nothing").body


# The catalogue


def test_the_second_reader_is_answered_from_what_is_kept(shop: Compose) -> None:
    path = unique()
    first, second = ask(shop, path), ask(shop, path)
    assert [each.headers["X-Cache"] for each in (first, second)] == ["MISS", "HIT"]
    assert first.body == second.body
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "X-Request-Id" not in second.headers  # it would be another reader's
    known = ask(shop, path, If_None_Match=first.headers["ETag"])
    assert (known.status, known.body) == (304, b"")


def test_a_kept_answer_carries_the_api_s_own_headers_once(shop: Compose) -> None:
    connection = HTTPConnection(*place(shop), timeout=10)
    connection.request("GET", CATALOGUE)
    headers = connection.getresponse().getheaders()
    connection.close()
    names = [name.lower() for name, _ in headers]
    assert len(names) == len(set(names))
    assert dict(headers)["Cache-Control"].startswith("public, max-age=")
    assert dict(headers)["Content-Security-Policy"].startswith("default-src 'none'")


def test_many_who_ask_the_same_at_once_are_one_question(shop: Compose, slug: str) -> None:
    ask(shop, "/api/v1/watches/another")  # the first of all takes longer
    path = f"/api/v1/watches/{slug}"
    before = logs_of(shop, "api").count(f'"path":"{path}"')
    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(lambda _: ask(shop, path), range(12)))
    assert {each.status for each in answers} == {200}
    assert logs_of(shop, "api").count(f'"path":"{path}"') == before + 1


def test_a_reader_s_cookies_change_nothing_and_are_passed_to_nobody(shop: Compose) -> None:
    path = unique()
    mine = ask(shop, path, Cookie="session=x; cart=y")
    yours = ask(shop, path)
    assert (mine.headers["X-Cache"], yours.headers["X-Cache"]) == ("MISS", "HIT")
    assert "Set-Cookie" not in yours.headers
    assert mine.body == yours.body


def test_refusals_are_not_kept(shop: Compose) -> None:
    path = f"/api/v1/watches?no-such-facet={uuid4().hex}"
    assert [ask(shop, path).headers["X-Cache"] for _ in range(2)] == ["MISS", "MISS"]
    assert ask(shop, path).headers["Cache-Control"] == "no-store"


def test_what_is_personal_is_never_kept(shop: Compose, visitor: Callable[[], Client]) -> None:
    offer = in_stock(shop)
    mine, yours = visitor(), visitor()
    first = mine.put(f"/cart/lines/{offer}", {"quantity": 1})
    assert "Set-Cookie" in first.headers
    for path in ("/cart", "/session"):
        for client in (mine, yours):
            answer = client.get(path, Accept_Encoding="gzip")
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Cache"] == "NONE"
            assert "Content-Encoding" not in answer.headers  # its length would tell of secrets
    assert len(mine.get("/cart").json["lines"]) == 1
    assert yours.get("/cart").json["lines"] == []


def in_stock(shop: Compose) -> str:
    listed = ask(shop, "/api/v1/watches?availability=in_stock&limit=1").json["items"]
    watch = ask(shop, f"/api/v1/watches/{listed[0]['slug']}").json
    found: str = watch["offers"][0]["id"]
    return found


# What is held off


def test_nobody_chooses_its_own_address(shop: Compose) -> None:
    name = uuid4().hex
    ask(shop, "/api/v1/cart", X_Forwarded_For="203.0.113.9", X_Request_Id=name)
    line = next(line for line in logs_of(shop, "api").splitlines() if name in line)
    assert "203.0.113.9" not in line
    assert '"client":"127.0.0.1"' not in line


def test_a_body_that_is_too_long_ends_at_the_door(shop: Compose) -> None:
    answer = ask(shop, "/api/v1/cart", "POST", b"x" * 200_000, Content_Type="application/json")
    assert (answer.status, answer.json["code"]) == (413, "request_entity_too_large")


def test_a_head_that_is_too_long_ends_at_the_door(shop: Compose) -> None:
    assert ask(shop, "/api/v1/cart", X_Long="x" * 64_000).status in {400, 414, 431}


@contextmanager
def dawdlers(shop: Compose, count: int) -> Iterator[None]:
    """Connections that began a request with a body and say no more."""
    begun = b"POST /api/v1/session HTTP/1.1\r\nHost: shop\r\nContent-Length: 5000\r\n\r\n{"
    with ExitStack() as open_ones:
        for _ in range(count):
            one = open_ones.enter_context(socket.create_connection(place(shop), timeout=5))
            one.sendall(begun)
        yield


def test_two_hundred_dawdlers_hold_up_nobody(shop: Compose, visitor: Callable[[], Client]) -> None:
    """Each would hold a thread of the application, which has 32, until it gives up."""
    client = visitor()
    client.get("/cart")
    with dawdlers(shop, 200):
        took = [elapsed(client, path) for path in ("/cart", "/session") * 20]
    assert quantiles(took, n=20)[-1] < 1.0, sorted(took)[-5:]


def elapsed(client: Client, path: str) -> float:
    started = time.perf_counter()
    assert client.get(path).status < 500
    return time.perf_counter() - started


# The API is away


def test_without_the_api_pages_and_what_is_kept_are_there(
    shop: Compose, slug: str, asked_early: tuple[str, bytes, float]
) -> None:
    path, body, asked = asked_early
    shop.stop("api")
    try:
        # Too old by now to be shown while a newer one is fetched: only as a last resort.
        time.sleep(max(0.0, asked + 7 * FRESH + 1 - time.monotonic()))
        kept = ask(shop, path)
        assert (kept.status, kept.headers["X-Cache"]) == (200, "STALE")
        assert kept.body == body
        assert ask(shop, f"/watches/{slug}/").status == 200
        for where in ("/api/v1/cart", unique()):
            away = ask(shop, where)
            assert (away.status, away.json["code"]) == (503, "unavailable")
            assert away.headers["Retry-After"]
            assert away.headers["Cache-Control"] == "no-store"
    finally:
        shop.start("api")
    assert ask(shop, "/api/v1/cart").status == 200
