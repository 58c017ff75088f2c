"""Styles, scripts and images in folders named by their content: cached for ever, never stale.

The folder carries the fingerprint, so that relative imports between modules need no bundler.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from watchstore.entrypoints.publishing.files import file_of
from watchstore.service_layer.ports import PageFile

FOLDERS: Final = ("css", "js", "img")
# Whole folder names such as `js.1f2e3d4c5b`.
HASH_LENGTH: Final = 10


def fingerprint(folder: Path, pattern: str = "*") -> str:
    """Of the name and bytes of every file that fits the pattern."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def asset_addresses(frontend: Path) -> Mapping[str, str]:
    """The addresses of the folders by name."""
    return {name: f"/{name}.{fingerprint(frontend / name)[:HASH_LENGTH]}" for name in FOLDERS}


def assets(frontend: Path) -> Iterator[PageFile]:
    for name, address in asset_addresses(frontend).items():
        folder = frontend / name
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                below = path.relative_to(folder).as_posix()
                yield file_of(f"{address.removeprefix('/')}/{below}", path.read_bytes())
