"""What is told to machines: the sitemaps, robots.txt and the web manifest."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from watchstore.entrypoints.publishing.landings import Key, is_worth_finding, keys_of
from watchstore.entrypoints.publishing.languages import Language
from watchstore.entrypoints.publishing.notes import Written
from watchstore.entrypoints.publishing.pages import TEXTS, watch_path
from watchstore.entrypoints.publishing.shelf import Shelf

INDEX: Final = "sitemap.xml"
GENERAL: Final = "sitemap-pages.xml"
_XMLNS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def of_maker(brand_slug: str) -> str:
    return f"sitemap-brand-{brand_slug}.xml"


def general_paths(shelf: Shelf) -> Iterator[str]:
    yield from ("", "watches/", "brands/", *(f"{name}/" for name in TEXTS))
    found = [key for key in shelf if key.facet not in {"brand", "collection"}]
    yield from sorted(key.path for key in found if is_worth_finding(key, shelf.count(key)))


def maker_paths(shelf: Shelf, brand_slug: str) -> Iterator[str]:
    """The brand's page, its collections and its watches."""
    yield Key("brand", brand_slug).path
    cards = [card for card in shelf.cards.values() if card.brand_slug == brand_slug]
    keys = {key for card in cards for key in keys_of(card) if key.facet == "collection"}
    yield from sorted(key.path for key in keys if is_worth_finding(key, shelf.count(key)))
    yield from sorted(watch_path(card.slug) for card in cards)


class Sitemaps:
    """Each page in every language, with its translations and the day it was written."""

    def __init__(
        self, languages: Sequence[Language], public_url: str, files: Mapping[str, Written]
    ) -> None:
        self._languages = languages
        self._url = public_url
        self._files = files

    def of(self, paths: Iterable[str]) -> str:
        entries = "".join(
            self._entry(path, language) for path in paths for language in self._languages
        )
        return (
            f'{_HEAD}<urlset xmlns="{_XMLNS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
            f"{entries}</urlset>\n"
        )

    def index(self, names: Iterable[str]) -> str:
        entries = "".join(
            f"<sitemap><loc>{self._url}/{name}</loc>"
            f"<lastmod>{self._files[name].day}</lastmod></sitemap>\n"
            for name in names
        )
        return f'{_HEAD}<sitemapindex xmlns="{_XMLNS}">\n{entries}</sitemapindex>\n'

    def _entry(self, path: str, mine: Language) -> str:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}"'
            f" href={quoteattr(f'{self._url}/{prefix}{path}')}/>"
            for code, prefix in self._translations()
        )
        day = self._files[f"{mine.prefix}{path}index.html"].day
        address = f"{self._url}/{mine.prefix}{path}"
        return f"<url><loc>{address}</loc><lastmod>{day}</lastmod>{links}</url>\n"

    def _translations(self) -> Iterator[tuple[str, str]]:
        yield from ((language.code, language.prefix) for language in self._languages)
        yield "x-default", self._languages[0].prefix


def robots(public_url: str) -> str:
    """Shells are not forbidden: a page must be read for its `noindex` to be seen."""
    return f"User-agent: *\nDisallow: /api/\n\nSitemap: {public_url}/{INDEX}\n"


def manifest(assets: Mapping[str, str]) -> str:
    return json.dumps(
        {
            "name": "Watchstore",
            "short_name": "Watchstore",
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": "#fbfaf8",
            "theme_color": "#fbfaf8",
            "icons": [
                {"src": f"{assets['img']}/icon.svg", "sizes": "any", "type": "image/svg+xml"}
            ],
        }
    )
