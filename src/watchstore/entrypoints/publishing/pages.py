"""Which pages there are, what each shows, and where it lives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from watchstore.domain.families import DialFamily, MaterialFamily, dial_family, material_family
from watchstore.domain.identifiers import ascii_fold
from watchstore.entrypoints.publishing.facts import cheapest
from watchstore.entrypoints.publishing.similar import similar
from watchstore.entrypoints.publishing.snapshot import Snapshot
from watchstore.service_layer.queries import BrandRow, WatchPassport

FIRST_PAGE: Final = 24
# Pages for one visitor, filled by the browser: nothing to find for search engines.
SHELLS: Final = (
    "cart", "checkout", "confirmation", "compare",
    "account", "sign-in", "sign-up", "verify", "reset", "order", "saved",
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Landing:
    """A listing narrowed to one value of one facet, found under an address of its own."""

    facet: str
    code: str
    label: str
    watches: tuple[WatchPassport, ...]

    @property
    def path(self) -> str:
        return f"{self.facet}/{self.code}/"


_LANDINGS: Final[Mapping[str, Callable[[WatchPassport], tuple[str, str]]]] = {
    "dial": lambda watch: _named(dial_family(watch.dial_colour)),
    "case": lambda watch: _named(material_family(watch.case_material)),
    "movement": lambda watch: (watch.movement or "unknown", (watch.movement or "").capitalize()),
}
_NAMELESS: Final = frozenset({"unknown", "other"})


def _named(family: DialFamily | MaterialFamily) -> tuple[str, str]:
    return family.code, family.label


def landings(watches: Sequence[WatchPassport]) -> tuple[Landing, ...]:
    found: dict[tuple[str, str, str], list[WatchPassport]] = {}
    for facet, name in _LANDINGS.items():
        for watch in watches:
            code, label = name(watch)
            if code not in _NAMELESS:
                found.setdefault((facet, code, label), []).append(watch)
    made = (Landing(*key, tuple(members)) for key, members in found.items())
    return tuple(sorted(made, key=lambda landing: (landing.facet, -len(landing.watches))))


def all_pages(snapshot: Snapshot) -> Iterator[Page]:
    ordered = sorted(snapshot.watches, key=_as_the_api_lists)
    groups = landings(ordered)
    by_brand = _by_brand(ordered)
    yield _home(snapshot, groups)
    yield _listing(ordered)
    yield Page("brands/", "brands.html", {"brands": snapshot.brands})
    for brand in snapshot.brands:
        yield _brand(brand, by_brand[brand.slug])
    for landing in groups:
        yield Page(landing.path, "listing.html", _listed(landing.watches) | {"landing": landing})
    for watch in snapshot.watches:
        others = similar(watch, by_brand[watch.brand_slug])
        yield Page(f"watches/{watch.slug}/", "watch.html", {"watch": watch, "similar": others})
    yield from _fixed()


def _fixed() -> Iterator[Page]:
    for name in TEXTS:
        yield Page(f"{name}/", f"{name}.html")
    for name in (*SHELLS, *AFTERWARDS):
        yield Page(f"{name}/", f"{name.replace('/', '-')}.html", indexed=False)
    yield Page("404.html", "404.html", indexed=False)


def _by_brand(watches: Sequence[WatchPassport]) -> Mapping[str, Sequence[WatchPassport]]:
    groups: dict[str, list[WatchPassport]] = {}
    for watch in watches:
        groups.setdefault(watch.brand_slug, []).append(watch)
    return groups


def _home(snapshot: Snapshot, groups: Sequence[Landing]) -> Page:
    offered = [watch for watch in snapshot.watches if watch.offers]
    chosen = sorted(offered, key=lambda watch: (-cheapest(watch.offers).amount, watch.slug))
    content = {
        "total": len(snapshot.watches),
        "brands": snapshot.brands,
        "chosen": _one_a_brand(chosen)[:8],
        "dials": [group for group in groups if group.facet == "dial"][:10],
        "cases": [group for group in groups if group.facet == "case"][:8],
    }
    return Page("", "home.html", content)


def _one_a_brand(watches: Sequence[WatchPassport]) -> list[WatchPassport]:
    first: dict[str, WatchPassport] = {}
    for watch in watches:
        first.setdefault(watch.brand, watch)
    return list(first.values())


def _listing(watches: Sequence[WatchPassport]) -> Page:
    return Page("watches/", "listing.html", _listed(watches) | {"index": ()})


def _listed(watches: Sequence[WatchPassport]) -> dict[str, Any]:
    """The first cards, and a plain index of all: each watch is one link away without scripts."""
    collections: dict[str, list[WatchPassport]] = {}
    for watch in sorted(watches, key=lambda watch: (watch.collection, watch.reference)):
        collections.setdefault(watch.collection, []).append(watch)
    return {
        "total": len(watches),
        "first": watches[:FIRST_PAGE],
        "index": tuple(collections.items()),
        "landing": None,
        "brand": None,
    }


def _as_the_api_lists(watch: WatchPassport) -> tuple[object, ...]:
    """Its order without a search: then the answer only refreshes the cards that are there."""
    newest_offered = (watch.year or 0) + (10_000 if watch.offers else 0)
    return -newest_offered, ascii_fold(f"{watch.brand} {watch.name} {watch.reference}"), watch.id


def _brand(brand: BrandRow, watches: Sequence[WatchPassport]) -> Page:
    content = _listed(watches) | {"brand": brand}
    return Page(f"brands/{brand.slug}/", "listing.html", content)
