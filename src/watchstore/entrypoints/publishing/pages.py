"""Which pages there are, what each shows, and where it lives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from watchstore.entrypoints.publishing.cards import Card
from watchstore.entrypoints.publishing.landings import FIRST_PAGE, Key, is_worth_finding, keys_of
from watchstore.entrypoints.publishing.shelf import Shelf
from watchstore.service_layer.queries import WatchPassport

# Pages for one visitor, filled by the browser: nothing to find for search engines.
SHELLS: Final = (
    "cart",
    "checkout",
    "confirmation",
    "compare",
    "account",
    "sign-in",
    "sign-up",
    "verify",
    "reset",
    "order",
    "saved",
)
AFTERWARDS: Final = (
    "track",
    "account/orders",
    "account/returns",
    "account/addresses",
    "account/profile",
)
TEXTS: Final = ("help", "delivery", "returns", "privacy")


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is relative to the language's own start and ends in a slash, or names a file.

    `content` is all that the template is told; a page is written again when it changes.
    """

    path: str
    template: str
    content: Mapping[str, Any] = field(default_factory=dict)
    indexed: bool = True

    @property
    def file(self) -> str:
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"


def watch_path(slug: str) -> str:
    return f"watches/{slug}/"


def picture_path(slug: str) -> str:
    return f"pictures/{slug}.svg"


def watch_page(watch: WatchPassport, card: Card, near: tuple[Card, ...]) -> Page:
    """`places` are the landings that the watch is part of, by facet."""
    places = {key.facet: key.path for key in keys_of(card)}
    content = {"watch": watch, "card": card, "similar": near, "places": places}
    return Page(watch_path(watch.slug), "watch.html", content)


def landing_page(shelf: Shelf, key: Key) -> Page:
    landing = shelf.landing(key)
    maker = next((row for row in shelf.makers if row.name == landing.maker), None)
    content = {
        "landing": landing,
        "brand": maker,
        "collections": shelf.collections(key.code) if key.facet == "brand" else (),
        "total": landing.total,
        "first": landing.first,
    }
    indexed = is_worth_finding(key, landing.total)
    return Page(key.path, "listing.html", content, indexed=indexed)


def front_pages(shelf: Shelf) -> Iterator[Page]:
    """What every edit may change: what leads to all the others."""
    leads = {facet: shelf.leads(facet) for facet in ("dial", "case", "movement", "diameter")}
    shown = {"total": len(shelf.cards), "brands": shelf.makers, "chosen": shelf.window()}
    yield Page("", "home.html", {**shown, "leads": leads})
    listed = {"landing": None, "brand": None, "collections": ()}
    first = {"total": len(shelf.cards), "first": shelf.first(FIRST_PAGE)}
    yield Page("watches/", "listing.html", {**listed, **first})
    yield Page("brands/", "brands.html", {"brands": shelf.makers})


def fixed_pages() -> Iterator[Page]:
    for name in TEXTS:
        yield Page(f"{name}/", f"{name}.html")
    for name in (*SHELLS, *AFTERWARDS):
        yield Page(f"{name}/", f"{name.replace('/', '-')}.html", indexed=False)
    yield Page("404.html", "404.html", indexed=False)
