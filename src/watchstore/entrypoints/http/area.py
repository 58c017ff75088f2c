"""One area of the API: routes that say who may call them, what they take and what they answer.

One decorator gives a view its access, its parsed body, its documented answers and refusals.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from flask import Response
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema

from watchstore.entrypoints.http.bodies import Parser
from watchstore.entrypoints.http.permissions import Access

PREFIX: Final = "/api/v1"
View = Callable[..., Any]
Parameter = dict[str, object]

IDEMPOTENCY_KEY: Final[Parameter] = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "Repeat the request with the same key, and it is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
IF_MATCH: Final[Parameter] = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag that you saw: a newer version is refused with 412.",
    "schema": {"type": "string"},
}
IF_NONE_MATCH: Final[Parameter] = {
    "in": "header",
    "name": "If-None-Match",
    "description": "The ETag that you hold: 304 when it is still good.",
    "schema": {"type": "string"},
}


class _Blueprint(Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = Parser()


class Area:
    """`accesses` maps the endpoints of this area to who may call them."""

    def __init__(self, name: str, description: str) -> None:
        self.blueprint = _Blueprint(name, __name__, url_prefix=PREFIX, description=description)
        self.accesses: dict[str, Access] = {}

    def on(
        self,
        method: str,
        rule: str,
        *,
        access: Access,
        answer: type[Schema] | None = None,
        file: str | None = None,
        status: int = 200,
        also: Sequence[int] = (),
        body: type[Schema] | None = None,
        query: type[Schema] | None = None,
        refuses: Sequence[int] = (),
        parameters: Sequence[Parameter] = (),
        bare: bool = False,
    ) -> Callable[[View], View]:
        """Register a view. A `bare` one is documented alike, but called without any wrapper.

        `file` is the media type of what a view answers that has no schema."""

        def register(view: View) -> View:
            wrapped = self._answering(view, status, answer, also, file)
            refusals = _refusals(access, refuses, takes=bool(body or query))
            wrapped = self.blueprint.doc(**_manual(access, parameters, refusals))(wrapped)
            for schema, location in ((query, "query"), (body, "json")):
                if schema is not None:
                    # An instance: of a class, webargs makes a new one in every request.
                    takes = self.blueprint.arguments(schema(), location=location, unknown=RAISE)
                    wrapped = takes(wrapped)
            if bare:
                vars(view)["_apidoc"] = vars(wrapped)["_apidoc"]
            name = view.__name__
            self.accesses[f"{self.blueprint.name}.{name}"] = access
            self.blueprint.add_url_rule(rule, name, view if bare else wrapped, methods=[method])
            return view

        return register

    def _answering(
        self,
        view: View,
        status: int,
        answer: type[Schema] | None,
        also: Sequence[int],
        file: str | None,
    ) -> View:
        view = _emptied(view) if status == HTTPStatus.NO_CONTENT else view
        shown = {"type": "string", "format": "binary"} if file else answer
        wrapped: View = self.blueprint.response(status, shown, content_type=file)(view)
        for other in also:
            schema = answer if other < 300 else None
            wrapped = self.blueprint.alt_response(other, schema=schema, success=True)(wrapped)
        return wrapped


def _emptied(view: View) -> View:
    """204 has no body, and so no type either."""

    @wraps(view)
    def empty(*args: object, **kwargs: object) -> Response:
        view(*args, **kwargs)
        answer = Response(status=HTTPStatus.NO_CONTENT)
        del answer.headers["Content-Type"]
        return answer

    return empty


def _refusals(access: Access, refuses: Sequence[int], *, takes: bool) -> list[HTTPStatus]:
    statuses = {*refuses, 429, 500, 503}
    if not access.is_public:
        statuses.add(401)
    if access.for_staff:
        statuses.add(403)
    if takes:
        statuses |= {400, 422}
    return [HTTPStatus(status) for status in sorted(statuses)]


def _manual(
    access: Access, parameters: Sequence[Parameter], refusals: Sequence[HTTPStatus]
) -> dict[str, object]:
    """What flask-smorest can't see by itself; a response's name refers to a component."""
    manual: dict[str, object] = {
        "x-access": [*access.any_of] or access.name,
        "responses": {status.value: status.name for status in refusals},
    }
    if access.upload is not None:
        file = {"schema": {"type": "string", "format": "binary"}}
        manual["requestBody"] = {"required": True, "content": {access.upload.mimetype: file}}
    if parameters:
        manual["parameters"] = list(parameters)
    if not access.is_public:
        manual["security"] = [{"session": []}]
    return manual
