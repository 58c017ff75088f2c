"""Bringing the published pages up to date: what changed since the last time, or everything."""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path

from watchstore.entrypoints.publishing.assets import asset_addresses, assets, fingerprint
from watchstore.entrypoints.publishing.illustrating import illustration
from watchstore.entrypoints.publishing.languages import load_languages
from watchstore.entrypoints.publishing.notes import Notes, read_notes, written_notes
from watchstore.entrypoints.publishing.outputs import Draw, Outputs
from watchstore.entrypoints.publishing.planning import Plan, plan
from watchstore.entrypoints.publishing.rendering import Renderer
from watchstore.entrypoints.publishing.site import Frontend, Site
from watchstore.entrypoints.publishing.writing import Output, Writer
from watchstore.service_layer.ports import PageFile, PageStore
from watchstore.service_layer.queries import PageQueries


@dataclass(frozen=True, slots=True)
class Published:
    version: int
    written: int = 0
    kept: int = 0
    removed: int = 0


def publish(
    source: PageQueries,
    site: Site,
    *,
    day: date,
    whole: bool = False,
    going_on: Callable[[], bool] = lambda: True,
    draw: Draw = illustration,
) -> Published:
    """Write what was edited since the last time, and what that changes elsewhere; `whole`
    compares everything, as happens by itself when the templates are others.

    It ends early when it is not to be `going_on`: what was written counts, and the next run does
    the rest. Raises Overtaken when something newer is published.
    """
    notes = read_notes(site.store.notes())
    frontend = site.choose(notes.release)
    look = _look(frontend.folder, site.public_url)
    whole = whole or look != notes.look
    todo = plan(notes, source, whole=whole)
    if not whole and todo.version == notes.version:
        return Published(todo.version)
    outputs = Outputs(source, todo, _renderer(frontend.folder, look, site.public_url), look, draw)
    run = _Run(site.store, notes, todo, outputs, frontend, look=look, day=day, whole=whole)
    return run.go(going_on)


class _Run:
    """From the plan to the notes for the next time."""

    def __init__(
        self,
        store: PageStore,
        before: Notes,
        todo: Plan,
        outputs: Outputs,
        frontend: Frontend,
        *,
        look: str,
        day: date,
        whole: bool,
    ) -> None:
        self._store = store
        self._before = before
        self._todo = todo
        self._outputs = outputs
        self._frontend = frontend
        self._look = look
        self._whole = whole
        self._present = store.names() if whole else None
        self._writer = Writer(
            store, before.files, version=todo.version, day=day.isoformat(), present=self._present
        )

    def go(self, going_on: Callable[[], bool]) -> Published:
        if self._present is not None:
            self._writer.put(tuple(_missing(self._frontend, self._present)))
        if not self._take(self._pages(), going_on):
            return self._end_early()
        self._writer.flush()
        files = ChainMap(self._writer.files, dict(self._before.files))
        self._take(self._outputs.sitemaps(self._before, files), lambda: True)
        lost = self._lost()
        self._writer.remove(lost)
        self._keep(self._notes(lost))
        return self._told()

    def _pages(self) -> Iterator[Output]:
        """What leads to others comes last, unless there is nothing yet: then visitors may come
        in at once."""
        leading = [self._outputs.landings(), self._outputs.front()]
        if self._whole:
            leading.append(self._outputs.fixed())
        if not self._before.version:
            return chain(*reversed(leading), self._outputs.watches())
        return chain(self._outputs.watches(), *leading)

    def _take(self, outputs: Iterable[Output], going_on: Callable[[], bool]) -> bool:
        for output in outputs:
            if not going_on():
                return False
            self._writer.take(output)
        return True

    def _lost(self) -> list[str]:
        if self._present is None:
            return sorted(self._outputs.lost(self._before))
        strays = filter(self._outputs.is_own, self._present)
        return sorted({*self._before.files, *strays} - self._writer.files.keys())

    def _notes(self, lost: Iterable[str]) -> Notes:
        files, near = dict(self._writer.files), dict(self._outputs.near)
        if not self._whole:
            files, near = {**self._before.files, **files}, {**self._before.near, **near}
        for path in lost:
            files.pop(path, None)
        cards = self._todo.shelf.cards
        return Notes(
            self._todo.version,
            self._look,
            self._frontend.release,
            cards,
            {slug: others for slug, others in near.items() if slug in cards},
            files,
        )

    def _end_early(self) -> Published:
        """The version stays what it was, so that the next run finds the same to do."""
        self._writer.flush()
        files = {**self._before.files, **self._writer.files}
        self._keep(replace(self._before, files=files))
        return self._told()

    def _keep(self, notes: Notes) -> None:
        self._store.keep_notes(written_notes(notes), version=self._todo.version)

    def _told(self) -> Published:
        writer = self._writer
        return Published(self._todo.version, writer.written, writer.kept, writer.removed)


def _missing(frontend: Frontend, present: Collection[str]) -> Iterator[PageFile]:
    """Assets first, for pages name them; those of older pages stay."""
    return (asset for asset in assets(frontend.folder) if asset.path not in present)


def _look(frontend: Path, public_url: str) -> str:
    return f"{fingerprint(frontend)[:16]} {public_url}"


@lru_cache(maxsize=1)
def _renderer(frontend: Path, _look: str, public_url: str) -> Renderer:
    """Kept, for templates are slow to compile."""
    languages = load_languages(frontend)
    return Renderer(frontend / "templates", asset_addresses(frontend), languages, public_url)
