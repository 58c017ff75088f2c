"""The WSGI frame around the application: request ids, limits of the head, headers, the log.

Flask's own hooks cost more, and this way nothing leaves the house without its headers.
"""

import os
import re
from collections.abc import Iterable
from http import HTTPStatus
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from watchstore.entrypoints.http.observing import Observer
from watchstore.entrypoints.http.problems import Problem
from watchstore.entrypoints.http.security import API_POLICY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_QUERY_STRING: Final = 4096
MOST_HEADERS: Final = 100
LARGEST_HEAD: Final = 32 * 1024
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_BY_DEFAULT: Final = (("Cache-Control", "no-store"), ("Content-Security-Policy", API_POLICY))


class Frame:
    def __init__(
        self,
        app: "WSGIApplication",
        *,
        headers: tuple[tuple[str, str], ...],
        observe: Observer,
    ) -> None:
        self._app = app
        self._headers = headers
        self._observe = observe
        self._prefix = os.urandom(8).hex()
        self._numbers = count(1)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        started = perf_counter()
        self._observe.begin(environ)
        request_id = environ["watchstore.request_id"] = self._request_id(environ)
        code = "500"

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal code
            code = status[:3]
            named = {name for name, _ in headers}
            headers += [pair for pair in _BY_DEFAULT if pair[0] not in named]
            headers += self._headers
            headers.append(("X-Request-Id", request_id))
            return start_response(status, headers, exc_info)

        app = _refusal(environ) or self._app
        try:
            return app(environ, start)
        finally:
            self._observe(environ, code, perf_counter() - started)

    def _request_id(self, environ: "WSGIEnvironment") -> str:
        given = environ.get("HTTP_X_REQUEST_ID")
        if given is not None and _REQUEST_ID.fullmatch(given):
            return str(given)
        return f"{self._prefix}-{next(self._numbers):x}"


def _refusal(environ: "WSGIEnvironment") -> "WSGIApplication | None":
    if len(environ) > MOST_HEADERS or _head_size(environ) > LARGEST_HEAD:
        return _head_too_large()
    if len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY_STRING:
        return _problem(HTTPStatus.REQUEST_URI_TOO_LONG, "The query is too long.")
    if environ["REQUEST_METHOD"] in {"TRACE", "TRACK", "CONNECT"}:
        return _problem(HTTPStatus.METHOD_NOT_ALLOWED, "This method is not offered.", Allow="GET")
    return None


def _head_size(environ: "WSGIEnvironment") -> int:
    return sum(len(value) for value in environ.values() if type(value) is str)


def _head_too_large() -> "WSGIApplication":
    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return _problem(status, "The request has too many headers, or too long ones.")


def _problem(status: HTTPStatus, detail: str, **headers: str) -> "WSGIApplication":
    return Problem(status, status.name.lower(), detail, headers=headers).response()
