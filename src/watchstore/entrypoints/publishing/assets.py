"""Styles, scripts and images in folders named by their content: cached for ever, never stale.

The folder carries the fingerprint, so that relative imports between modules need no bundler.
Scripts lie in a folder for each language within it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from watchstore.entrypoints.publishing.files import file_of
from watchstore.entrypoints.publishing.languages import Language, load_languages
from watchstore.entrypoints.publishing.scripts import translated
from watchstore.service_layer.ports import PageFile

FOLDERS: Final = ("css", "js", "img")
# Whole folder names such as `js.1f2e3d4c5b`.
HASH_LENGTH: Final = 10


def fingerprint(folder: Path, pattern: str = "*") -> str:
    """Of the name and bytes of every file that fits the pattern."""
    return _fingerprint(_files(folder, pattern))


def asset_addresses(frontend: Path) -> Mapping[str, str]:
    """The addresses of the folders by name."""
    return {name: _address(name, files) for name, files in _folders(frontend)}


def assets(frontend: Path) -> Iterator[PageFile]:
    for name, files in _folders(frontend):
        address = _address(name, files).removeprefix("/")
        for below, body in files.items():
            yield file_of(f"{address}/{below}", body)


def _folders(frontend: Path) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    for name in FOLDERS:
        files = _files(frontend / name)
        yield name, _scripts(files, load_languages(frontend)) if name == "js" else files


def _scripts(sources: Mapping[str, bytes], languages: tuple[Language, ...]) -> Mapping[str, bytes]:
    return {
        f"{language.code}/{name}": translated(source.decode(), language).encode()
        for language in languages
        for name, source in sources.items()
    }


def _files(folder: Path, pattern: str = "*") -> Mapping[str, bytes]:
    """By their path below the folder, in its order."""
    found = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _address(name: str, files: Mapping[str, bytes]) -> str:
    return f"/{name}.{_fingerprint(files)[:HASH_LENGTH]}"


def _fingerprint(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, body in files.items():
        digest.update(name.encode() + b"\0")
        digest.update(body + b"\0")
    return digest.hexdigest()
