"""The storefront's folder behind the application: what is served, for how long, and what not."""

from pathlib import Path

import pytest
from tests.http.site import Browser, Site

from watchstore.entrypoints.http.pages import serve_pages


@pytest.fixture
def pages(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "pages"
    for path, text in {
        "index.html": "home " * 100,
        "help/index.html": "help",
        "404.html": "lost",
        "js.0123456789/page.js": "export {};",
        "pictures/one.svg": "<svg/>",
        ".published.json": "{}",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    serve_pages(site.app, folder)
    return folder


@pytest.mark.parametrize(
    ("path", "text", "kind", "keeps"),
    [
        ("/", "home", "text/html; charset=utf-8", "max-age=60"),
        ("/help/", "help", "text/html; charset=utf-8", "max-age=60"),
        ("/js.0123456789/page.js", "export", "text/javascript; charset=utf-8", "immutable"),
        ("/pictures/one.svg", "<svg/>", "image/svg+xml", "max-age=86400"),
    ],
)
@pytest.mark.usefixtures("pages")
def test_a_file_is_served_for_as_long_as_it_is_good(
    browser: Browser, path: str, text: str, kind: str, keeps: str
) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.text.startswith(text)
    assert answer.headers["Content-Type"] == kind
    assert keeps in answer.headers["Cache-Control"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/help/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/.published.json",
        "/help/%00",
    ],
)
@pytest.mark.usefixtures("pages")
def test_what_is_not_there_hidden_or_outside_is_lost(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.text) == (404, "lost")


@pytest.mark.usefixtures("pages")
def test_a_folder_without_its_slash_is_sent_on(browser: Browser) -> None:
    answer = browser.get("/help")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/help/")


@pytest.mark.usefixtures("pages")
def test_pages_are_packed_and_not_sent_twice(browser: Browser) -> None:
    packed = browser.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 60
    known = browser.get("/", headers={"If-None-Match": packed.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


@pytest.mark.usefixtures("pages")
def test_the_api_keeps_its_own_refusals(browser: Browser) -> None:
    assert browser.get("nothing").json["code"] == "not_found"
    assert browser.get("orders/WS-0000000000/cancel").status_code == 405
    assert browser.post("/help/", {}).status_code in {404, 405}


def policies(site: Site, browser: Browser, folder: Path, *, stripe: bool) -> dict[str, str]:
    paths = ("/", "/cart/", "/checkout/", "/de/checkout/")
    for path in paths:
        (folder / path[1:]).mkdir(parents=True, exist_ok=True)
        (folder / path[1:] / "index.html").write_text("page")
    serve_pages(site.app, folder, stripe=stripe)
    return {path: browser.get(path).headers["Content-Security-Policy"] for path in paths}


def test_the_checkout_alone_admits_stripe(site: Site, browser: Browser, tmp_path: Path) -> None:
    found = policies(site, browser, tmp_path, stripe=True)
    assert not any("unsafe" in policy for policy in found.values())
    assert {path for path, policy in found.items() if "stripe.com" in policy} == {
        "/checkout/",
        "/de/checkout/",
    }
    for part in (
        "script-src 'self' https://js.stripe.com;",
        "connect-src 'self' https://api.stripe.com;",
        "frame-src https://js.stripe.com https://hooks.stripe.com;",
    ):
        assert part in found["/checkout/"]


def test_without_stripe_nothing_foreign_is_admitted(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    found = policies(site, browser, tmp_path, stripe=False)
    assert not any("https:" in policy for policy in found.values())
