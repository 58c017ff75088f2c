"""The storefront as a folder that any web server can serve."""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from watchstore.service_layer.ports import Overtaken, PageFile, Unavailable

# Hidden, and readable by the publisher's own user alone: not served even by mistake.
NOTES: Final = ".published.json"
FENCE: Final = ".publisher"
_OURS: Final = 0o600


class FolderPages:
    """The fence is a file with the newest version that was ever put; its lock makes looking at
    it and writing one step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> frozenset[str]:
        return frozenset(_files(str(self._folder), ""))

    def put(self, files: Collection[PageFile], *, version: int) -> None:
        with self._fenced(version):
            for file in files:
                _replace(self._folder / file.path, file.body)

    def remove(self, paths: Collection[str], *, version: int) -> None:
        with self._fenced(version):
            for path in paths:
                self._remove(self._folder / path)

    def notes(self) -> bytes:
        notes = self._folder / NOTES
        return notes.read_bytes() if notes.is_file() else b""

    def keep_notes(self, notes: bytes, *, version: int) -> None:
        with self._fenced(version):
            _replace(self._folder / NOTES, notes, mode=_OURS)

    def _remove(self, file: Path) -> None:
        """With the folders that are empty then."""
        file.unlink(missing_ok=True)
        folder = file.parent
        while folder != self._folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    @contextmanager
    def _fenced(self, version: int) -> Iterator[None]:
        with _translated():
            self._folder.mkdir(parents=True, exist_ok=True)
            fence = os.open(self._folder / FENCE, os.O_RDWR | os.O_CREAT, _OURS)
            with open(fence, "r+", encoding="ascii") as file:  # noqa: PTH123 - by its descriptor
                fcntl.flock(file, fcntl.LOCK_EX)
                newest = int(file.read() or 0)
                if version < newest:
                    raise Overtaken(f"version {newest} is published, and this is {version}")
                file.seek(0)
                file.write(str(version))
                file.flush()
                yield


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"The pages were not written: {error.strerror}.") from error


def _files(folder: str, below: str) -> Iterator[str]:
    if not os.path.isdir(folder):  # noqa: PTH112 - thousands of files: plain strings
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}"


def _replace(path: Path, body: bytes, *, mode: int = 0o644) -> None:
    """At once: nobody is ever served half a page."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - by its descriptor
        file.write(body)
    draft.replace(path)
