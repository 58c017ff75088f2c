"""The API's own description: OpenAPI for machines, a page for people, from the same source."""

from functools import cache
from hashlib import sha256

import orjson
from apispec import APISpec
from flask import Response, request
from marshmallow import Schema

from watchstore.entrypoints.http.area import IF_NONE_MATCH, Area
from watchstore.entrypoints.http.conditional import document_response, public_caching
from watchstore.entrypoints.http.docs_page import page_policy, render_page
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.service_layer.queries import Document

_HOUR = 3600


class SpecificationAnswer(Schema):
    """An OpenAPI 3.1 document."""


def docs_area(spec: APISpec) -> Area:
    area = Area("docs", "This description.")
    caching = public_caching(_HOUR)

    # Made when first asked for: the description is complete once every area is registered.
    @cache
    def described() -> Document:
        return _document(orjson.dumps(spec.to_dict()))

    @cache
    def page() -> Document:
        return _document(render_page(spec.to_dict()).encode())

    @area.on(
        "GET",
        "/openapi.json",
        access=PUBLIC,
        answer=SpecificationAnswer,
        also=(304,),
        parameters=(IF_NONE_MATCH,),
        bare=True,
    )
    def openapi() -> Response:
        """The OpenAPI 3.1 description of this API."""
        return document_response(described(), request, caching)

    @area.on("GET", "/docs", access=PUBLIC, also=(304,), parameters=(IF_NONE_MATCH,), bare=True)
    def docs() -> Response:
        """The description as a page to read (text/html)."""
        answer = document_response(page(), request, caching)
        if answer.status_code == 200:
            answer.headers["Content-Type"] = "text/html; charset=utf-8"
        answer.headers["Content-Security-Policy"] = page_policy()
        return answer

    return area


def _document(body: bytes) -> Document:
    return Document(body, f'"{sha256(body).hexdigest()[:32]}"')
