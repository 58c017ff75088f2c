"""What is told to machines: the sitemap, robots.txt and the web manifest."""

import json
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from watchstore.entrypoints.publishing.languages import Language
from watchstore.entrypoints.publishing.pages import Page


def sitemap(pages: Iterable[Page], languages: Sequence[Language], public_url: str) -> str:
    """Every page worth finding, in every language, each naming its translations."""
    entries = "".join(
        _entry(page, languages, public_url, language)
        for page in pages
        if page.indexed
        for language in languages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n'
    )


def _entry(page: Page, languages: Sequence[Language], public_url: str, mine: Language) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other.code}"'
        f" href={quoteattr(f'{public_url}/{other.prefix}{page.path}')}/>"
        for other in languages
    )
    return f"<url><loc>{public_url}/{mine.prefix}{page.path}</loc>{links}</url>\n"


def robots(public_url: str) -> str:
    """Shells are not forbidden: a page must be read for its `noindex` to be seen."""
    return f"User-agent: *\nDisallow: /api/\n\nSitemap: {public_url}/sitemap.xml\n"


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
