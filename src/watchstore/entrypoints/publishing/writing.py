"""Puts files where they are served, in batches: only those that are new, whole or not at all."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.entrypoints.publishing.files import file_of
from watchstore.entrypoints.publishing.notes import Written
from watchstore.service_layer.ports import PageFile, PageStore

_BATCH: Final = 96


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be: its place, what it is made from, and how to make it if that is new."""

    path: str
    digest: str
    make: Callable[[], str]


def digest_of(*parts: object) -> str:
    """Rows are frozen dataclasses of plain values: their repr is their content."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


class Writer:
    """`present` are the files that are there, if anybody has looked: a lost one is written anew."""

    def __init__(
        self,
        store: PageStore,
        before: Mapping[str, Written],
        *,
        version: int,
        day: str,
        present: Collection[str] | None = None,
    ) -> None:
        self._store = store
        self._before = before
        self._version = version
        self._day = day
        self._present = present
        self._batch: list[PageFile] = []
        self.files: dict[str, Written] = {}
        self.written = self.kept = self.removed = 0

    def take(self, output: Output) -> None:
        known = self._before.get(output.path)
        is_there = self._present is None or output.path in self._present
        if known and known.digest == output.digest and is_there:
            self.files[output.path] = known
            self.kept += 1
            return
        self._batch.append(file_of(output.path, output.make()))
        self.files[output.path] = Written(output.digest, self._day)
        self.written += 1
        if len(self._batch) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if self._batch:
            self._store.put(self._batch, version=self._version)
        self._batch = []

    def put(self, files: Collection[PageFile]) -> None:
        """As they are, and at once."""
        self._store.put(files, version=self._version)

    def remove(self, paths: Collection[str]) -> None:
        """Last of all: what led there is written."""
        self.flush()
        if paths:
            self._store.remove(paths, version=self._version)
        self.removed += len(paths)
