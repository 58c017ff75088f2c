"""Styles, scripts and images in folders named by their content: cached for ever, never stale.

The folder carries the fingerprint, so that relative imports between modules need no bundler.
"""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

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


def copy_assets(frontend: Path, target: Path) -> Mapping[str, str]:
    """Copy what is new; the addresses of the folders by name. Old ones stay for old pages."""
    addresses = {}
    for name in FOLDERS:
        folder = f"{name}.{fingerprint(frontend / name)[:HASH_LENGTH]}"
        if not (target / folder).is_dir():
            shutil.copytree(frontend / name, target / folder)
        addresses[name] = f"/{folder}"
    return addresses
