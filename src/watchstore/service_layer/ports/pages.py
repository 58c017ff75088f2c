"""Where the storefront's files are put: a folder, or a bucket behind a CDN."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


class Overtaken(Exception):
    """A newer version of the catalogue is published already; nothing of ours may replace it."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """`path` is below the site's root; `kind` and `lifetime` are what it is served with."""

    path: str
    body: bytes
    kind: str
    lifetime: str


class PageStore(Protocol):
    """A file is there whole or not at all. `version` is that of the catalogue it was made from:
    what has a newer one is not touched, but Overtaken is raised."""

    def names(self) -> frozenset[str]:
        """The path of every file there is, but for the notes."""

    def put(self, files: Collection[PageFile], *, version: int) -> None:
        """In any order."""

    def remove(self, paths: Collection[str], *, version: int) -> None:
        """Those of them that are there."""

    def notes(self) -> bytes:
        """What the publisher wrote down last, for itself; empty at first. Never served."""

    def keep_notes(self, notes: bytes, *, version: int) -> None: ...
