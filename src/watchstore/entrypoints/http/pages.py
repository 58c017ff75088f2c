"""The built storefront, served by the application itself where no CDN stands in front of it."""

from gzip import compress
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Flask, Request, Response, redirect, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as BaseResponse

from watchstore.entrypoints.http.page_policy import POLICY, page_policy
from watchstore.entrypoints.publishing.files import A_MINUTE, kind_of, lifetime_of

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
        answer = _answer(found, request, lifetime_of(path))
        answer.headers["Content-Security-Policy"] = policy
        return answer
    if _file(folder, f"{path}/") is not None:
        return redirect(f"/{path}/", code=308)
    return _not_found(folder, path)


def _file(folder: Path, path: str) -> Path | None:
    """The file for an address; None for what is not there, is hidden, or points outside."""
    if any(part.startswith(".") for part in path.split("/")):
        return None
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    joined = safe_join(str(folder), name)
    found = Path(joined) if joined else None
    return found if found and found.is_file() else None


def _answer(
    file: Path, asked: Request, lifetime: str, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    body = file.read_bytes()
    answer = Response(body, status, content_type=kind_of(file.name))
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


def _not_found(folder: Path, path: str) -> Response:
    """In the language of the address, as far as it has one."""
    language = path.partition("/")[0]
    for name in (f"{language}/404.html", "404.html"):
        page = _file(folder, name)
        if page is not None:
            return _answer(page, request, A_MINUTE, HTTPStatus.NOT_FOUND)
    return Response("Not found.\n", HTTPStatus.NOT_FOUND, content_type="text/plain")
