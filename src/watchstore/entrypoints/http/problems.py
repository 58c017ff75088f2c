"""Refusals as RFC 9457 problems: ONE table from the domain's errors to HTTP status codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import orjson
from flask import Response
from werkzeug.exceptions import HTTPException

from watchstore.domain import errors
from watchstore.domain.errors import DomainError, InvalidValue

PROBLEM_JSON: Final = "application/problem+json"
DOCS: Final = "/api/v1/docs"

# A class that is not listed answers like its nearest listed parent.
STATUS: Final[Mapping[type[DomainError], HTTPStatus]] = {
    errors.DomainError: HTTPStatus.BAD_REQUEST,
    errors.InvalidValue: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.StaleVersion: HTTPStatus.PRECONDITION_FAILED,
    errors.KeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.CheckoutIncomplete: HTTPStatus.CONFLICT,
    errors.PaymentDeclined: HTTPStatus.PAYMENT_REQUIRED,
    errors.AccessRefused: HTTPStatus.FORBIDDEN,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.SignInRefused: HTTPStatus.UNAUTHORIZED,
    errors.InvalidSignature: HTTPStatus.BAD_REQUEST,
    errors.InvalidToken: HTTPStatus.BAD_REQUEST,
    errors.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
}
# When to come back, for refusals that pass by themselves and do not say when.
RETRY_AFTER: Final[Mapping[type[DomainError], int]] = {
    errors.AllReserved: 60,
    errors.InProgress: 1,
}


class BadRequest(DomainError):
    """A refusal of the HTTP layer itself, with its own status and code."""

    def __init__(self, status: HTTPStatus, code: str, message: str, **details: object) -> None:
        super().__init__(message, **details)
        self.status = status
        self.own_code = code


class InvalidBody(DomainError):
    """The schema found faults; every one is named."""

    code = "invalid_value"

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__("The request holds values that are not acceptable.")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Problem:
    status: HTTPStatus
    code: str
    detail: str
    details: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        body: dict[str, object] = {
            **self.details,
            "type": f"{DOCS}#{self.code}",
            "title": self.code.replace("_", " ").capitalize(),
            "status": self.status.value,
            "detail": self.detail,
            "code": self.code,
        }
        if self.faults:
            body["errors"] = [{"field": name, "message": text} for name, text in self.faults]
        return body

    def response(self) -> Response:
        body = orjson.dumps(self.document(), default=str)
        answer = Response(body, self.status, content_type=PROBLEM_JSON)
        answer.headers.update(self.headers)
        retry = self.details.get("retry_after")
        if retry is not None:
            answer.headers["Retry-After"] = str(retry)
        if self.status is HTTPStatus.UNAUTHORIZED:
            answer.headers["WWW-Authenticate"] = "Session"
        return answer


def refused(error: DomainError) -> Problem:
    """Describe a refusal for the caller."""
    if isinstance(error, BadRequest):
        return Problem(error.status, error.own_code, error.message, error.details)
    if isinstance(error, InvalidBody):
        return Problem(status_of(type(error)), error.code, error.message, faults=error.faults)
    if isinstance(error, InvalidValue):
        fault = (error.field, error.reason)
        return Problem(status_of(type(error)), error.code, error.message, faults=(fault,))
    details = dict(error.details)
    if type(error) in RETRY_AFTER:
        details.setdefault("retry_after", RETRY_AFTER[type(error)])
    return Problem(status_of(type(error)), error.code, error.message, details)


def status_of(kind: type[DomainError]) -> HTTPStatus:
    if issubclass(kind, InvalidBody):
        return STATUS[errors.InvalidValue]
    return next(STATUS[parent] for parent in kind.__mro__ if parent in STATUS)


def http_problem(error: HTTPException) -> Problem:
    """Describe what the framework refused: no such route, wrong method, too large."""
    status = HTTPStatus(error.code or 500)
    allowed: Any = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return Problem(
        status, status.name.lower(), status.description or status.phrase, {}, (), headers
    )


def unavailable() -> Problem:
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        "Something the shop needs is away for a moment; nothing was done. Try again.",
        {"retry_after": 2},
    )


def crashed() -> Problem:
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        "The shop failed to answer. It has been noted; quote the X-Request-Id when you report it.",
    )


def catalogue_of_problems() -> Iterator[tuple[str, HTTPStatus, str]]:
    """Every code of the domain with its status and the first line of its meaning."""
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, DomainError) and kind is not DomainError:
            yield kind.code, status_of(kind), (kind.__doc__ or "").strip()
