"""What every unsafe call must prove, and what every answer says to the browser.

CSRF without a token: cookies are SameSite=Lax, the browser's own Origin and Sec-Fetch-Site must
say that the call comes from our pages, and only JSON is read, which no HTML form can send.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Request

from watchstore.entrypoints.http.problems import BadRequest
from watchstore.entrypoints.http.settings import HttpSettings

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
_HEADERS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_HSTS: Final = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def fixed_headers(settings: HttpSettings) -> tuple[tuple[str, str], ...]:
    """The headers of every answer, whatever it says."""
    return (*_HEADERS, _HSTS) if settings.secure else _HEADERS


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a route takes as its body. No HTML form can send this type either."""

    mimetype: str
    longest: int


def check_unsafe(
    request: Request,
    settings: HttpSettings,
    upload: Upload | None = None,
    *,
    signed: bool = False,
) -> None:
    """Raises BadRequest unless a call that may change something comes from our own pages, or
    proves by its signature that it comes from another server."""
    if not signed:
        _check_origin(request, settings)
    _check_type(request, upload)
    longest = settings.longest_body
    if upload is not None and request.mimetype == upload.mimetype:
        longest = request.max_content_length = upload.longest
    length = request.content_length
    if length is not None and length > longest:
        raise BadRequest(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "request_entity_too_large",
            f"A request body has at most {longest} bytes.",
        )


def _check_origin(request: Request, settings: HttpSettings) -> None:
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    foreign = (origin is not None and origin not in settings.origins) or (
        site is not None and site != "same-origin"
    )
    if foreign or (origin is None and site is None):
        raise BadRequest(
            HTTPStatus.FORBIDDEN,
            "origin_refused",
            "Calls that change something must carry the shop's own Origin.",
        )


def _check_type(request: Request, upload: Upload | None) -> None:
    named = "Content-Type" in request.headers
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    known = {"application/json", upload.mimetype} if upload else {"application/json"}
    if request.mimetype not in known and (named or has_body):
        raise BadRequest(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send application/json.",
        )
