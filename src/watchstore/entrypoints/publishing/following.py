"""The publisher: keeps the pages up to date with the catalogue until it is told to stop."""

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import structlog

from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing.publish import Published, Site, publish
from watchstore.entrypoints.publishing.snapshot import snapshot_of
from watchstore.service_layer.ports import Unavailable
from watchstore.service_layer.queries import CatalogueQueries

LOOK_EVERY: Final = 2.0  # seconds between looks at the catalogue's version
LOCK: Final = ".publisher"

_log = structlog.get_logger("watchstore.publisher")


def publish_once(
    catalogue: CatalogueQueries, site: Site, *, stopped: Callable[[], bool] = lambda: False
) -> Published:
    with _alone(site.target):
        return publish(snapshot_of(catalogue), site, stopped=stopped)


def follow(catalogue: CatalogueQueries, site: Site, stop: threading.Event) -> None:
    """Publish now, and again after every edit of the catalogue; a sale is no edit."""
    published = None
    while not stop.is_set():
        try:
            version = catalogue.version()  # before reading, so that no later edit is missed
            if version != published:
                done = publish_once(catalogue, site, stopped=stop.is_set)
                published = version
                _log.info("published", written=done.written, kept=done.kept, removed=done.removed)
        except Unavailable as away:
            _log.warning("storage_away", error=str(away))
        stop.wait(LOOK_EVERY)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """One publisher at a time; the lock ends with its process. Raises StartError."""
    target.mkdir(parents=True, exist_ok=True)
    with (target / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(f"another publisher is at work on {target}") from None
        yield
