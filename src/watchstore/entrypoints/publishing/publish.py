"""Writing the shop's pages to a folder: only those whose content changed since last time."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from watchstore.entrypoints import pictures
from watchstore.entrypoints.publishing.assets import copy_assets, fingerprint
from watchstore.entrypoints.publishing.illustrating import illustration
from watchstore.entrypoints.publishing.languages import Language, load_languages
from watchstore.entrypoints.publishing.pages import Page, all_pages
from watchstore.entrypoints.publishing.rendering import Renderer
from watchstore.entrypoints.publishing.sitemap import manifest, robots, sitemap
from watchstore.entrypoints.publishing.snapshot import Snapshot
from watchstore.service_layer.queries import WatchPassport

# What was written, and from which content: lives beside the pages, never served.
MEMORY: Final = ".published.json"
Draw = Callable[[WatchPassport], str]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the templates and assets are, where the pages go, and under which address."""

    frontend: Path
    target: Path
    public_url: str


@dataclass(frozen=True, slots=True)
class Published:
    written: int
    kept: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Output:
    """A file to be: its place, what it is made from, and how to make it if that is new."""

    path: str
    digest: str
    make: Callable[[], str]


def publish(
    snapshot: Snapshot,
    site: Site,
    *,
    draw: Draw = illustration,
    stopped: Callable[[], bool] = lambda: False,
) -> Published:
    """Bring the folder up to date with the snapshot; a page is replaced whole or not at all.

    When it is `stopped` on the way, what was written counts, and the next run does the rest.
    """
    target = site.target
    target.mkdir(parents=True, exist_ok=True)
    assets = copy_assets(site.frontend, target)
    languages = load_languages(site.frontend)
    look = f"{fingerprint(site.frontend)}{site.public_url}"
    renderer = Renderer(site.frontend / "templates", assets, languages, site.public_url)
    before = _remembered(target)
    now: dict[str, str] = {}
    written = 0
    for output in _outputs(snapshot, languages, renderer, look, draw):
        if stopped():
            _write(target / MEMORY, json.dumps({**before, **now}))
            return Published(written, len(now) - written, 0)
        now[output.path] = output.digest
        if before.get(output.path) != output.digest or not (target / output.path).is_file():
            _write(target / output.path, output.make())
            written += 1
    gone = before.keys() - now.keys()
    for path in gone:
        (target / path).unlink(missing_ok=True)
    _write(target / MEMORY, json.dumps(now))
    return Published(written, len(now) - written, len(gone))


def _outputs(
    snapshot: Snapshot,
    languages: tuple[Language, ...],
    renderer: Renderer,
    look: str,
    draw: Draw,
) -> Iterator[_Output]:
    pages = tuple(all_pages(snapshot))
    for page in pages:
        digest = _digest(look, page.template, page.content)
        for language in languages:
            yield _page(page, language, renderer, digest)
    hand = fingerprint(Path(pictures.__file__).parent, "*.py")
    for watch in snapshot.watches:
        yield _picture(watch, draw, hand)
    for path, text in (
        ("sitemap.xml", sitemap(pages, languages, renderer.public_url)),
        ("robots.txt", robots(renderer.public_url)),
        ("manifest.webmanifest", manifest(renderer.assets)),
    ):
        yield _Output(path, _digest(text), partial(str, text))


def _picture(watch: WatchPassport, draw: Draw, hand: str) -> _Output:
    return _Output(f"pictures/{watch.slug}.svg", _digest(hand, _looks(watch)), lambda: draw(watch))


def _looks(watch: WatchPassport) -> WatchPassport:
    """What a price or a sale changes is not seen in the picture."""
    return replace(watch, offers=(), availability="", version=0, changed_at="")


def _page(page: Page, language: Language, renderer: Renderer, digest: str) -> _Output:
    name = page.path if page.path.endswith(".html") else f"{page.path}index.html"
    return _Output(language.prefix + name, digest, lambda: renderer.render(page, language))


def _digest(*parts: object) -> str:
    """Rows are frozen dataclasses of plain values: their repr is their content."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _remembered(target: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads((target / MEMORY).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
