"""What a file of the storefront is served as, and for how long it is good."""

import re
from mimetypes import guess_type
from typing import Final

from watchstore.service_layer.ports import PageFile

# A folder named by its content, see `assets`: what is in it never changes.
_HASHED: Final = re.compile(r"(?:css|js|img)\.[0-9a-f]{10}/")
FOR_EVER: Final = "public, max-age=31536000, immutable"
A_DAY: Final = "public, max-age=86400"
A_MINUTE: Final = "public, max-age=60"
_KINDS: Final = {
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
}
_TEXTS: Final = frozenset({"text/html", "text/css", "text/plain"})


def file_of(path: str, body: str | bytes) -> PageFile:
    content = body.encode() if isinstance(body, str) else body
    return PageFile(path, content, kind_of(path), lifetime_of(path))


def is_asset(path: str) -> bool:
    return _HASHED.match(path) is not None


def kind_of(path: str) -> str:
    known = _KINDS.get(path.rpartition(".")[2]) or guess_type(path)[0] or "application/octet-stream"
    return f"{known}; charset=utf-8" if known in _TEXTS else known


def lifetime_of(path: str) -> str:
    if is_asset(path):
        return FOR_EVER
    return A_DAY if path.startswith("pictures/") else A_MINUTE
