"""All 2,126 watches of the demo: published fast, found by who follows links, no link broken."""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from uuid import UUID

import pytest
from tests.harness.databases import fresh_database
from tests.harness.published import PublishedSite
from tests.harness.servers import template_of

from watchstore.adapters.files import FolderPages
from watchstore.domain import Money, OfferId, WatchId
from watchstore.entrypoints.demo import load_demo
from watchstore.entrypoints.library import open_shop
from watchstore.entrypoints.publishing import Published, Site, publish
from watchstore.entrypoints.publishing.pages import SHELLS
from watchstore.service_layer.commands import RepriceOffer
from watchstore.service_layer.queries import Listing, WatchPassport
from watchstore.service_layer.shop import Shop

pytestmark = pytest.mark.serial

URL = "https://shop.example"
WATCHES = 2126
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HEAD = {
    "title": re.compile(r"<title>(.*?)</title>"),
    "description": re.compile(r'<meta name="description" content="(.*?)">'),
    "canonical": re.compile(r'<link rel="canonical" href="(.*?)">'),
}


@dataclass
class Demo:
    shop: Shop
    folder: Path
    seconds: float

    def publish(self) -> tuple[Published, float]:
        """What was done, and the seconds of a processor: what it takes on a quiet machine."""
        site = Site(FolderPages(self.folder), URL)
        begun = time.process_time()
        done = publish(self.shop.ports.storage.pages, site, day=date(2026, 3, 1))
        return done, time.process_time() - begun

    @cached_property
    def site(self) -> PublishedSite:
        return PublishedSite(self.folder, URL)

    def offered(self) -> WatchPassport:
        listing = Listing(filters={"availability": ("in_stock",)}, limit=1)
        (card,) = self.shop.catalogue.listing(listing).items
        watch = self.shop.catalogue.watch(card.slug)
        assert watch is not None
        return watch


@pytest.fixture(scope="module")
def demo(servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    run = Path(os.environ["WATCHSTORE_TEST_RUN"])
    with (
        fresh_database(servers.database_url, template_of(run)) as url,
        open_shop(url) as shop,
    ):
        load_demo(shop)
        made = Demo(shop, tmp_path_factory.mktemp("pages"), 0)
        _, made.seconds = made.publish()
        yield made


def test_everything_is_published_in_time(demo):
    assert len(list((demo.folder / "watches").glob("*/index.html"))) == WATCHES
    assert len(list((demo.folder / "de" / "watches").glob("*/index.html"))) == WATCHES
    assert demo.seconds < 45


def test_every_watch_is_four_clicks_away_at_most_without_scripts(demo):
    clicks = demo.site.clicks()
    far = {page: clicks.get(page) for page in demo.site.pages if not page.startswith("de/")}
    lost = {page for page, steps in far.items() if steps is None}
    assert lost <= {"404.html", *(f"{name}/index.html" for name in SHELLS)}
    assert max(steps for steps in far.values() if steps is not None) <= 4


def test_no_link_is_broken_and_the_sitemaps_name_what_is_there(demo):
    assert demo.site.broken() == []
    assert demo.site.unlisted() == []
    listed = "".join(path.read_text() for path in demo.folder.glob("sitemap-*.xml"))
    assert len(re.findall(r"<loc>[^<]*/watches/[^<]+/</loc>", listed)) == 2 * WATCHES


def test_each_page_that_is_to_be_found_has_a_head_of_its_own(demo):
    found = {
        page: text for page, text in demo.site.pages.items() if 'content="noindex"' not in text
    }
    for german in (False, True):
        mine = [text for page, text in found.items() if page.startswith("de/") is german]
        for name, pattern in HEAD.items():
            counts = Counter(match[1] for text in mine if (match := pattern.search(text)))
            assert sum(counts.values()) == len(mine), name
            assert [text for text, count in counts.items() if count > 1] == []


def test_what_machines_read_is_json_on_every_page(demo):
    for page, text in demo.site.pages.items():
        for script in DATA.findall(text):
            assert json.loads(script)["@context"] == "https://schema.org", page


def test_one_changed_watch_is_published_within_a_second(demo):
    watch = demo.offered()
    offer = watch.offers[0]
    price = Money(offer.amount + 100, Money.of("1", offer.currency).currency)
    demo.shop.reprice_offer(RepriceOffer(OfferId(UUID(offer.id)), price))
    done, seconds = demo.publish()
    assert 2 <= done.written < 40
    assert seconds < 1


def test_a_withdrawn_watch_is_linked_from_nowhere(demo):
    watch = demo.offered()
    demo.shop.withdraw_watch(WatchId(UUID(watch.id)))
    demo.publish()
    site = PublishedSite(demo.folder, URL)
    assert f"watches/{watch.slug}/index.html" not in site.pages
    assert site.broken() == []
    demo.shop.publish_watch(WatchId(UUID(watch.id)))
    demo.publish()
    assert PublishedSite(demo.folder, URL).broken() == []
