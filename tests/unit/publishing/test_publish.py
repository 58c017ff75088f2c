"""The published pages: what is in them, and what cannot break out of them."""

import json
import re
from pathlib import Path

import pytest
from tests.harness.published import PublishedSite

from watchstore.entrypoints.publishing import Published

URL = "https://shop.example"
SNOWFLAKE = "watches/grand-seiko-heritage-sbga211"
EVIL = "watches/b-lange-and-sohne-script-heritage-ab-1"


def read(pages: Path, path: str) -> str:
    return (pages / path / "index.html").read_text(encoding="utf-8")


def data_of(html: str) -> list[dict[str, object]]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(script) for script in scripts]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "watches",
        "brands",
        "brands/grand-seiko",
        "collection/grand-seiko-heritage",
        "checkout",
        "help",
        EVIL,
    ],
)
def test_every_watch_landing_and_shell_has_a_page_in_both_languages(pages: Path, path: str) -> None:
    assert (pages / path / "index.html").is_file()
    assert (pages / "de" / path / "index.html").is_file()


@pytest.mark.parametrize("name", ["404.html", "de/404.html", "robots.txt", "manifest.webmanifest"])
def test_what_visitors_and_machines_ask_for_by_name_is_there(pages: Path, name: str) -> None:
    assert (pages / name).is_file()


def test_every_link_leads_somewhere(pages: Path) -> None:
    site = PublishedSite(pages, URL)
    assert site.broken() == []
    assert site.unlisted() == []


def test_the_catalogues_text_stays_text(pages: Path) -> None:
    html = read(pages, EVIL)
    assert "<b>Lange" not in html
    assert data_of(html)[0]["brand"] == {"@type": "Brand", "name": "<b>Lange & Söhne</script>"}


def test_search_engines_are_told_price_state_and_way(pages: Path) -> None:
    product, trail = data_of(read(pages, SNOWFLAKE))
    (offer,) = product["offers"]  # type: ignore[misc]
    assert (offer["price"], offer["priceCurrency"]) == ("5800.00", "USD")
    assert offer["availability"] == "https://schema.org/InStock"
    steps = [(step["position"], step["name"]) for step in trail["itemListElement"]]  # type: ignore[attr-defined]
    names = ["Home", "Watches", "Grand Seiko", "Heritage", "SBGA211"]
    assert steps == list(enumerate(names, start=1))


def test_pages_name_themselves_and_their_translation(pages: Path) -> None:
    html = read(pages, "de/brands/grand-seiko")
    assert '<html lang="de"' in html
    assert f'<link rel="canonical" href="{URL}/de/brands/grand-seiko/">' in html
    assert f'hreflang="en" href="{URL}/brands/grand-seiko/"' in html
    assert f'hreflang="x-default" href="{URL}/brands/grand-seiko/"' in html


def test_shells_and_thin_landings_are_not_for_search_engines(pages: Path) -> None:
    for path in ("checkout", "collection/grand-seiko-heritage"):
        assert '<meta name="robots" content="noindex">' in read(pages, path)
    named = "".join(path.read_text() for path in pages.glob("sitemap*.xml"))
    assert "checkout" not in named
    assert "collection/" not in named


def test_the_sitemaps_name_every_watch_with_the_day_it_was_written(pages: Path) -> None:
    index = (pages / "sitemap.xml").read_text()
    brand = "sitemap-brand-grand-seiko.xml"
    assert f"<loc>{URL}/{brand}</loc><lastmod>2026-03-01</lastmod>" in index
    listed = (pages / brand).read_text()
    assert f"<loc>{URL}/de/{SNOWFLAKE}/</loc><lastmod>2026-03-01</lastmod>" in listed
    assert f'hreflang="x-default" href="{URL}/{SNOWFLAKE}/"' in listed


def test_prices_are_written_as_each_language_does(pages: Path) -> None:
    assert "$5,800" in read(pages, SNOWFLAKE)
    assert "5.800\u00a0$" in read(pages, f"de/{SNOWFLAKE}")


def test_a_page_says_which_version_of_the_catalogue_it_shows(pages: Path, house) -> None:
    version = house.storage.catalogue.version()
    assert f'<meta name="catalogue-version" content="{version}">' in read(pages, SNOWFLAKE)


def test_a_landing_says_what_is_there(pages: Path) -> None:
    html = read(pages, "brands/grand-seiko")
    assert "<title>Grand Seiko watches · Watchstore</title>" in html
    assert "Grand Seiko: 2 watches, among them Heritage. From $5,800." in html


def test_nothing_is_written_twice(run, pages: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*.html")}
    done: Published = run(whole=True)
    assert (done.written, done.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in pages.rglob("*.html")} == before
