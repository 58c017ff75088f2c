"""The catalogue's GETs without Flask's machinery, which costs more than finding the answer.

They are public and look at no cookie, so that there is nothing to guard. The same routes exist
in Flask, for HEAD, for the description, and for every refusal of a wrong method.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Response

from watchstore.entrypoints.http.area import PREFIX
from watchstore.entrypoints.http.conditional import holds, quoted
from watchstore.entrypoints.http.questions import Questions
from watchstore.service_layer.queries import Document

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WATCHES: Final = f"{PREFIX}/watches"
_JSON: Final = ("Content-Type", "application/json")
_ONE: Final = f"{WATCHES}/"
_ONE_ROUTE: Final = f"{WATCHES}/<slug>"

Explain = Callable[[dict[str, Any], Exception], Response]


class FastLane:
    def __init__(
        self,
        app: "WSGIApplication",
        questions: Questions,
        *,
        caching: tuple[str, str],
        explain: Explain,
    ) -> None:
        self._app = app
        self._watch = questions.watch
        self._caching = caching
        self._explain = explain
        self._asked: dict[str, Callable[[str], Document]] = {
            WATCHES: questions.listing,
            f"{WATCHES}/suggest": questions.suggest,
            f"{PREFIX}/brands": questions.brands,
        }

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        ask, route = self._asked.get(path), path
        if ask is None and path.startswith(_ONE) and "/" not in path[len(_ONE) :]:
            ask, route = partial(self._watch, path[len(_ONE) :]), _ONE_ROUTE
        if ask is None or environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        environ["watchstore.route"] = route
        try:
            document = ask(environ["QUERY_STRING"])
        except Exception as error:  # noqa: BLE001 - every error becomes an answer, as in Flask
            return self._explain(environ, error)(environ, start_response)
        return self._send(document, environ, start_response)

    def _send(
        self, document: Document, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        tag = quoted(document.etag)
        if holds(environ, tag):
            start_response("304 NOT MODIFIED", [("ETag", tag), self._caching])
            return []
        body = document.body
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [_JSON, length, ("ETag", tag), self._caching])
        return [body]
