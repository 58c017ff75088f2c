"""The files that a plan leads to, each made only when it is new."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Final

from watchstore.entrypoints import pictures
from watchstore.entrypoints.publishing import sitemap
from watchstore.entrypoints.publishing.assets import fingerprint
from watchstore.entrypoints.publishing.codes import FACETS
from watchstore.entrypoints.publishing.notes import Notes, Written
from watchstore.entrypoints.publishing.pages import (
    Page,
    fixed_pages,
    front_pages,
    landing_page,
    picture_path,
    watch_page,
    watch_path,
)
from watchstore.entrypoints.publishing.planning import Plan, passports
from watchstore.entrypoints.publishing.rendering import Renderer
from watchstore.entrypoints.publishing.writing import Output, digest_of
from watchstore.service_layer.queries import PageQueries, WatchPassport

Draw = Callable[[WatchPassport], str]
_OWN_FOLDERS: Final = frozenset({"watches", "pictures", "brands", *FACETS})


class Outputs:
    """`near` fills with the watches that each page of a watch links to."""

    def __init__(
        self, source: PageQueries, plan: Plan, renderer: Renderer, look: str, draw: Draw
    ) -> None:
        self._source = source
        self._plan = plan
        self._renderer = renderer
        self._look = look
        self._draw = draw
        self.near: dict[str, tuple[str, ...]] = {}

    def watches(self) -> Iterator[Output]:
        shelf = self._plan.shelf
        for watch in passports(self._source, self._plan.watches):
            card = shelf.cards[watch.slug]
            near = shelf.near(card)
            self.near[watch.slug] = tuple(other.slug for other in near)
            yield self._picture(watch)
            yield from self._page(watch_page(watch, card, near))

    def landings(self) -> Iterator[Output]:
        for key in self._plan.landings:
            yield from self._page(landing_page(self._plan.shelf, key))

    def front(self) -> Iterator[Output]:
        for page in front_pages(self._plan.shelf):
            yield from self._page(page)

    def fixed(self) -> Iterator[Output]:
        for page in fixed_pages():
            yield from self._page(page)
        yield _text("robots.txt", sitemap.robots(self._renderer.public_url))
        yield _text("manifest.webmanifest", sitemap.manifest(self._renderer.assets))

    def sitemaps(self, before: Notes, files: Mapping[str, Written]) -> Iterator[Output]:
        """`files` are those that are there by now; the index comes last."""
        shelf, languages = self._plan.shelf, self._renderer.languages
        maps = sitemap.Sitemaps(languages, self._renderer.public_url, files)
        yield _text(sitemap.GENERAL, maps.of(sitemap.general_paths(shelf)))
        makers = [row.slug for row in shelf.makers]
        for slug in self._plan.makers(before) & frozenset(makers):
            yield _text(sitemap.of_maker(slug), maps.of(sitemap.maker_paths(shelf, slug)))
        names = [sitemap.GENERAL, *map(sitemap.of_maker, sorted(makers))]
        yield _text(sitemap.INDEX, maps.index(names))

    def lost(self, before: Notes) -> Iterator[str]:
        """The files of what is not published any more."""
        for slug in self._plan.gone:
            yield picture_path(slug)
            yield from self._files(watch_path(slug))
        for key in self._plan.empty:
            yield from self._files(key.path)
        for slug in self._plan.makers(before) - {row.slug for row in self._plan.shelf.makers}:
            yield sitemap.of_maker(slug)

    def is_own(self, path: str) -> bool:
        """Made by an earlier run, if by anybody: it may go when nothing leads to it."""
        for language in self._renderer.languages:
            path = path.removeprefix(language.prefix)
        folder, _, rest = path.partition("/")
        is_page = folder in _OWN_FOLDERS and rest.endswith(("index.html", ".svg"))
        return is_page or path.startswith("sitemap-brand-")

    def _picture(self, watch: WatchPassport) -> Output:
        digest = digest_of(_hand(), _seen(watch))
        return Output(picture_path(watch.slug), digest, partial(self._draw, watch))

    def _page(self, page: Page) -> Iterator[Output]:
        digest = digest_of(self._look, page.template, page.content, page.indexed)
        for language in self._renderer.languages:
            render = partial(self._renderer.render, page, language, self._plan.version)
            yield Output(language.prefix + page.file, digest, render)

    def _files(self, path: str) -> Iterator[str]:
        for language in self._renderer.languages:
            yield f"{language.prefix}{path}index.html"


def _text(path: str, text: str) -> Output:
    return Output(path, digest_of(text), partial(str, text))


def _seen(watch: WatchPassport) -> WatchPassport:
    """What a price or a sale changes is not seen in the picture."""
    return replace(watch, offers=(), availability="", version=0, changed_at="")


@cache
def _hand() -> str:
    return fingerprint(Path(pictures.__file__).parent, "*.py")
