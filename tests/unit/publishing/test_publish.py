"""The published folder: what is in it, what is written again, what cannot break out of it."""

import json
import re
from pathlib import Path
from uuid import UUID

import pytest
from tests.harness.language import an_offer
from tests.harness.shop import House

from watchstore.domain.identifiers import OfferId, WatchId
from watchstore.domain.money import Money
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing import FRONTEND, Site, publish, publish_once, snapshot_of
from watchstore.entrypoints.publishing.following import _alone
from watchstore.service_layer.commands import RepriceOffer

URL = "https://shop.example"
EVIL = "watches/b-lange-and-sohne-script-heritage-ab-1"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(FRONTEND, tmp_path / "pages", URL)


@pytest.fixture
def pages(house: House, site: Site) -> Path:
    publish_once(house.shop.catalogue, site)
    return site.target


def read(pages: Path, path: str) -> str:
    return (pages / path / "index.html").read_text(encoding="utf-8")


def data_of(html: str) -> list[dict[str, object]]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(script) for script in scripts]


def test_every_watch_brand_and_shell_has_a_page_in_both_languages(pages: Path) -> None:
    for path in ("", "watches", "brands/grand-seiko", "checkout", "help", EVIL):
        assert (pages / path / "index.html").is_file(), path
        assert (pages / "de" / path / "index.html").is_file(), path
    for name in ("404.html", "robots.txt", "sitemap.xml", "manifest.webmanifest"):
        assert (pages / name).is_file(), name


def test_the_catalogues_text_stays_text(pages: Path) -> None:
    html = read(pages, EVIL)
    assert "<b>Lange" not in html
    assert data_of(html)[0]["brand"] == {"@type": "Brand", "name": "<b>Lange & Söhne</script>"}


def test_search_engines_are_told_price_state_and_way(pages: Path) -> None:
    product, trail = data_of(read(pages, "watches/grand-seiko-heritage-sbga211"))
    (offer,) = product["offers"]  # type: ignore[misc]
    assert (offer["price"], offer["priceCurrency"]) == ("5800.00", "USD")
    assert offer["availability"] == "https://schema.org/InStock"
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3, 4]  # type: ignore[attr-defined]


def test_pages_name_themselves_and_their_translation(pages: Path) -> None:
    html = read(pages, "de/brands/grand-seiko")
    assert '<html lang="de"' in html
    assert f'<link rel="canonical" href="{URL}/de/brands/grand-seiko/">' in html
    assert f'hreflang="en" href="{URL}/brands/grand-seiko/"' in html


def test_shells_are_not_for_search_engines(pages: Path) -> None:
    assert '<meta name="robots" content="noindex">' in read(pages, "checkout")
    sitemap = (pages / "sitemap.xml").read_text(encoding="utf-8")
    assert "checkout" not in sitemap
    assert f"<loc>{URL}/de/watches/grand-seiko-heritage-sbga211/</loc>" in sitemap


def test_prices_are_written_as_each_language_does(pages: Path) -> None:
    assert "$5,800" in read(pages, "watches/grand-seiko-heritage-sbga211")
    assert "5.800\u00a0$" in read(pages, "de/watches/grand-seiko-heritage-sbga211")


def test_nothing_is_written_twice(house: House, site: Site, pages: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*.html")}
    done = publish_once(house.shop.catalogue, site)
    assert (done.written, done.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in pages.rglob("*.html")} == before


def test_a_new_price_is_written_where_it_is_shown_and_draws_nothing(
    house: House, site: Site, pages: Path
) -> None:
    watch = house.shop.catalogue.watch("grand-seiko-heritage-sbga211")
    assert watch is not None
    offer = OfferId(UUID(watch.offers[0].id))
    house.shop.reprice_offer(RepriceOffer(offer, Money.of("6100", "USD")))
    drawn: list[str] = []
    publish(snapshot_of(house.shop.catalogue), site, draw=lambda row: drawn.append(row.slug) or "")
    assert "$6,100" in read(pages, f"watches/{watch.slug}")
    assert "$6,100" in read(pages, "brands/grand-seiko")
    assert drawn == []


def test_a_withdrawn_watch_leaves_no_page(house: House, site: Site, pages: Path) -> None:
    watch = house.shop.catalogue.watch("grand-seiko-heritage-sbga413")
    assert watch is not None
    house.shop.withdraw_watch(WatchId(UUID(watch.id)))
    publish_once(house.shop.catalogue, site)
    assert not (pages / "watches" / watch.slug / "index.html").exists()
    assert watch.slug not in read(pages, "brands/grand-seiko")


def test_a_lost_page_is_written_again(house: House, site: Site, pages: Path) -> None:
    (pages / "index.html").unlink()
    assert publish_once(house.shop.catalogue, site).written == 1


def test_only_one_publisher_works_at_a_time(house: House, site: Site) -> None:
    an_offer(house)
    with _alone(site.target), pytest.raises(StartError, match="another publisher"):
        publish_once(house.shop.catalogue, site)


def test_a_stopped_publisher_goes_on_where_it_was(house: House, site: Site) -> None:
    snapshot, looks = snapshot_of(house.shop.catalogue), iter([False] * 10 + [True])
    half = publish(snapshot, site, stopped=lambda: next(looks))
    assert half.written == 10
    rest = publish(snapshot, site)
    assert rest.kept == 10
    assert publish(snapshot, site).written == 0
