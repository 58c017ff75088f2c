"""ETags: answer 304 to who has it already, and refuse a change of what has changed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Request, Response

from watchstore.entrypoints.http.problems import BadRequest
from watchstore.service_layer.queries import Document

_JSON: Final = ("Content-Type", "application/json")


def public_caching(seconds: int) -> tuple[str, str]:
    """Cache-Control for the catalogue: fresh for `seconds`, then shown once more while asking."""
    return ("Cache-Control", f"public, max-age={seconds}, stale-while-revalidate={seconds * 6}")


def quoted(tag: object) -> str:
    text = str(tag)
    return text if text.startswith('"') else f'"{text}"'


def document_response(document: Document, request: Request, caching: tuple[str, str]) -> Response:
    """The document, or 304 when the caller holds it already."""
    tag = quoted(document.etag)
    if holds(request.environ, tag):
        return Response(status=304, headers=[("ETag", tag), caching])
    return Response(document.body, headers=[_JSON, ("ETag", tag), caching])


def holds(environ: Mapping[str, Any], tag: str) -> bool:
    """Whether If-None-Match names the tag; it compares weakly (RFC 9110, 13.1.2)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is None:
        return False
    tags = (item.strip().removeprefix("W/") for item in known.split(","))
    return known == tag or known.strip() == "*" or tag in tags


def expected_version(request: Request) -> int | None:
    """The version that the caller saw, from If-Match; None when any will do."""
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    number = given.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        raise BadRequest(
            HTTPStatus.PRECONDITION_FAILED, "stale_version", "If-Match names no version of this."
        )
    return int(number)
