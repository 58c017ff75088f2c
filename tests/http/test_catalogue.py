"""The public catalogue: cacheable, conditional, and the same for everybody."""

import pytest
from tests.harness import language
from tests.harness.shop import PUBLIC_URL
from tests.http.site import API, Browser, Site, a_site

from watchstore.domain import Brand, Reference
from watchstore.domain.errors import InvalidValue
from watchstore.entrypoints.http import HttpSettings
from watchstore.entrypoints.http.listing import listing_of
from watchstore.service_layer.commands import CreateWatch
from watchstore.service_layer.queries import Listing, Sort

SLUG = "grand-seiko-heritage-sbga211"
PUBLIC = ("watches", "watches/suggest?q=gra", f"watches/{SLUG}", "brands")


@pytest.fixture(scope="module")
def site() -> Site:
    site = a_site()
    language.an_offer(site.house, watch=language.a_watch(site.house))
    return site


@pytest.mark.parametrize("path", PUBLIC)
def test_is_cached_by_anybody_and_asked_for_again_cheaply(browser: Browser, path: str) -> None:
    first = browser.get(path)
    tag = first.headers["ETag"]
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=5, stale-while-revalidate=30"
    assert tag.startswith('"')
    assert tag.endswith('"')
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = browser.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Content-Length" not in again.headers
    assert browser.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_sets_and_varies_by_no_cookie(site: Site, path: str) -> None:
    signed_in = site.browser()
    signed_in.client.set_cookie("__Host-session", "A" * 43, domain="shop.example", secure=True)
    answers = [browser.get(path) for browser in (site.browser(), signed_in)]
    assert answers[0].data == answers[1].data
    assert not any("Set-Cookie" in answer.headers for answer in answers)


@pytest.mark.parametrize("path", PUBLIC)
def test_head_says_what_get_would(browser: Browser, path: str) -> None:
    """HEAD goes through Flask, GET through the fast lane: they must agree."""
    get, head = browser.get(path), browser.call("HEAD", path)
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head.headers[name] == get.headers[name]
    conditional = {"If-None-Match": get.headers["ETag"]}
    assert browser.call("HEAD", path, headers=conditional).status_code == 304


def test_a_price_change_changes_the_tag() -> None:
    site = a_site()
    watch = language.a_watch(site.house)
    language.an_offer(site.house, watch=watch)
    browser = site.browser()
    before = browser.get(f"watches/{SLUG}").headers["ETag"]
    language.an_offer(site.house, watch=watch, price="1")
    assert browser.get(f"watches/{SLUG}").headers["ETag"] != before


@pytest.mark.parametrize("path", ["watches/none", "watches/NONE", "watches/a%00b", "watches/%F0"])
def test_what_there_is_not(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_draft_is_not_shown(browser: Browser, site: Site) -> None:
    language.a_watch(site.house, "DRAFT 1", publish=False)
    assert browser.get("watches/grand-seiko-heritage-draft-1").status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("unknown=1", "unknown"),
        ("brand_slug=omega", "brand_slug"),
        ("price=1&__proto__=1", "__proto__"),
        ("q=a&q=b", "q"),
        ("q=" + "x" * 121, "q"),
        ("q=%00", "q"),
        ("q=%ff", "query"),
        ("sort=cheapest", "sort"),
        ("sort=price&sort=name", "sort"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e2", "limit"),
        ("limit=9999999999", "limit"),
        ("limit=", "limit"),
        ("limit=%D9%A3", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=" + "x" * 3001, "cursor"),
        ("brand=" + ",".join(map(str, range(51))), "brand"),
        ("brand=" + "x" * 121, "brand"),
        ("&".join("brand=x" for _ in range(101)), "query"),
    ],
)
def test_questions_that_nobody_asks(browser: Browser, query: str, field: str) -> None:
    answer = browser.get(f"watches?{query}")
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


@pytest.mark.parametrize("path", ["brands?a=1", f"watches/{SLUG}?a=1", "watches/suggest?limit=1"])
def test_other_questions_take_no_such_parameter(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 422


def test_values_are_alternatives_repeated_or_by_commas() -> None:
    asked = listing_of("brand=omega,rolex&brand=omega&q=%20black++dial&sort=-price&limit=5&dial=")
    assert asked == Listing(
        text="black dial",
        filters={"brand": ("omega", "rolex")},
        sort=Sort.PRICE_DOWN,
        cursor=None,
        limit=5,
    )
    assert listing_of("") == Listing()
    assert listing_of("q=&cursor=") == Listing()


def test_a_refused_question_is_refused_every_time() -> None:
    for _ in range(2):
        with pytest.raises(InvalidValue):
            listing_of("limit=1000")


def test_pages_follow_one_another_to_the_end() -> None:
    site = a_site()
    for number in range(7):
        language.a_watch(site.house, f"REF {number}")
    browser, seen, cursor = site.browser(), list[str](), ""
    for _ in range(4):
        page = browser.get(f"watches?limit=2&cursor={cursor}").json
        seen += [item["slug"] for item in page["items"]]
        assert page["total"] == 7
        cursor = page["next"]
    assert cursor is None
    assert len(seen) == len(set(seen)) == 7


def test_a_fresh_shop_may_keep_nothing_in_caches() -> None:
    site = a_site(HttpSettings(public_url=PUBLIC_URL, cache_seconds=0))
    answer = site.browser().get("brands")
    assert answer.headers["Cache-Control"] == "public, max-age=0, stale-while-revalidate=0"


def test_paths_below_a_watch_are_not_watches(browser: Browser) -> None:
    assert browser.get(f"watches/{SLUG}/pieces").status_code == 404
    assert browser.get("watches/").status_code == 404
    assert browser.call("POST", "watches", {}).status_code == 405
    assert browser.client.get(f"{API}/watches/suggest", base_url=PUBLIC_URL).status_code == 200


def test_the_longest_names_still_have_a_next_page() -> None:
    site = a_site()
    for number in range(2):
        site.house.shop.create_watch(
            CreateWatch(
                Brand.named("Ü" * 60),
                "",
                Reference.parse(f"{number}" * 60),
                "é" * 199 + str(number),
                publish=True,
            )
        )
    browser = site.browser()
    first = browser.get("watches?limit=1&sort=name").json
    second = browser.get(f"watches?limit=1&sort=name&cursor={first['next']}")
    assert second.status_code == 200, second.text
    assert second.json["items"][0]["slug"] != first["items"][0]["slug"]
