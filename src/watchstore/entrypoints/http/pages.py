"""The built storefront, served by the application itself where no CDN stands in front of it."""

import re
from gzip import compress
from hashlib import blake2b
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from flask import Flask, Request, Response, redirect, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as BaseResponse

from watchstore.entrypoints.http.page_policy import POLICY, page_policy

# A folder named by its content, see publishing.assets: what is in it never changes.
_HASHED: Final = re.compile(r"(?:css|js|img)\.[0-9a-f]{10}/")
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_A_DAY: Final = "public, max-age=86400"
_A_MINUTE: Final = "public, max-age=60"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_READING: Final = frozenset({"GET", "HEAD"})
_PACKED: Final = frozenset({".html", ".js", ".css", ".svg", ".xml", ".txt", ".webmanifest"})


def serve_pages(app: Flask, folder: Path, *, stripe: bool = False) -> None:
    """Answer GET and HEAD of everything outside `/api/` from `folder`."""

    @app.before_request
    def page() -> BaseResponse | None:
        if request.method not in _READING or request.path.startswith("/api/"):
            return None
        path = request.path.removeprefix("/")
        return _page(folder, path, page_policy(path, stripe=stripe))


def _page(folder: Path, path: str, policy: str) -> BaseResponse:
    found = _file(folder, path)
    if found is not None:
        answer = _answer(found, request, _lifetime(path))
        answer.headers["Content-Security-Policy"] = policy
        return answer
    if _file(folder, f"{path}/") is not None:
        return redirect(f"/{path}/", code=308)
    return _not_found(folder)


def _file(folder: Path, path: str) -> Path | None:
    """The file for an address; None for what is not there, is hidden, or points outside."""
    if any(part.startswith(".") for part in path.split("/")):
        return None
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    joined = safe_join(str(folder), name)
    found = Path(joined) if joined else None
    return found if found and found.is_file() else None


def _lifetime(path: str) -> str:
    if _HASHED.match(path):
        return _FOR_EVER
    return _A_DAY if path.startswith("pictures/") else _A_MINUTE


def _answer(
    file: Path, asked: Request, lifetime: str, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    body = file.read_bytes()
    answer = Response(body, status, content_type=_type(file))
    answer.headers["Cache-Control"] = lifetime
    answer.headers["Content-Security-Policy"] = POLICY
    answer.set_etag(blake2b(body, digest_size=12).hexdigest())
    if file.suffix in _PACKED:
        answer.vary.add("Accept-Encoding")
        if asked.accept_encodings["gzip"]:
            answer.set_data(compress(body, 6, mtime=0))
            answer.headers["Content-Encoding"] = "gzip"
    if status is HTTPStatus.OK:
        answer.make_conditional(asked)
    return answer


def _type(file: Path) -> str:
    known = _TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
    return f"{known}; charset=utf-8" if known in {"text/html", "text/css", "text/plain"} else known


def _not_found(folder: Path) -> Response:
    page = folder / "404.html"
    if not page.is_file():
        return Response("Not found.\n", HTTPStatus.NOT_FOUND, content_type="text/plain")
    return _answer(page, request, _A_MINUTE, HTTPStatus.NOT_FOUND)
