"""The OpenAPI 3.1 description, generated from the routes and their schemas."""

from http import HTTPStatus
from typing import Any, Final

from flask import Flask
from flask_smorest import Api as SmorestApi
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields
from werkzeug import Response
from werkzeug.exceptions import HTTPException

from watchstore.entrypoints.http.problems import PROBLEM_JSON, http_problem
from watchstore.entrypoints.http.sessions import Cookies

_ABOUT: Final = """\
Amounts are whole minor units (cents) next to their currency; times are ISO 8601 in UTC.
Calls that change something must carry the shop's own Origin and application/json.
Refusals are application/problem+json (RFC 9457) with a stable code."""


class FieldFault(Schema):
    field = fields.Str(required=True)
    message = fields.Str(required=True)


class ProblemAnswer(Schema):
    """RFC 9457; some problems carry more members, such as `retry_after`."""

    type = fields.Str(required=True, metadata={"format": "uri-reference"})
    title = fields.Str(required=True)
    status = fields.Int(required=True)
    detail = fields.Str(required=True)
    code = fields.Str(required=True)
    errors = fields.List(fields.Nested(FieldFault))


class Api(SmorestApi):  # type: ignore[misc]
    """flask-smorest, with our problems in place of its own error documents."""

    ERROR_SCHEMA = ProblemAnswer
    DEFAULT_ERROR_RESPONSE_NAME = None

    def handle_http_exception(self, error: HTTPException) -> Response:
        return http_problem(error).response()

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                answer: dict[str, Any] = {"description": status.phrase, "schema": ProblemAnswer}
                prepare_response(answer, self.spec, PROBLEM_JSON)
                self.spec.components.response(status.name, answer, lazy=True)


def describe(app: Flask, cookies: Cookies) -> Api:
    app.config.update(
        API_TITLE="watchstore",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={"info": {"description": _ABOUT}, "servers": [{"url": "/"}]},
    )
    api = Api(app)
    scheme = {"type": "apiKey", "in": "cookie", "name": cookies.session}
    api.spec.components.security_scheme("session", scheme)
    return api
