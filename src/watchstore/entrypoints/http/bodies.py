"""Reading what callers send: strict JSON of limited depth, and every fault named by its field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final, NoReturn

import flask
import marshmallow as ma
import orjson
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge

from watchstore.domain.errors import InvalidValue
from watchstore.entrypoints.http.problems import BadRequest, InvalidBody

DEEPEST: Final = 16


class Parser(FlaskParser):
    """webargs with our JSON reader and our refusals."""

    def load_json(self, req: flask.Request, schema: ma.Schema) -> Any:
        del schema
        body = req.get_data(cache=True)
        if len(body) == req.max_content_length and req.content_length is None:
            raise RequestEntityTooLarge  # Werkzeug cuts a chunked body off without a word
        return parsed(body)

    def handle_error(
        self,
        error: ma.ValidationError,
        req: flask.Request,
        schema: ma.Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        del req, schema, error_status_code, error_headers
        raise InvalidBody(tuple(_faults(error.messages_dict))) from error


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _malformed("The body is not valid JSON.") from None
    if not isinstance(found, dict):
        raise _malformed("The body must be a JSON object.")
    _check_depth(found)
    return found


def _check_depth(found: object) -> None:
    """Level by level: recursion would be at the mercy of the sender."""
    level = [found]
    for _ in range(DEEPEST):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise _malformed(f"The body is nested more than {DEEPEST} levels deep.")


def _children(node: object) -> list[object]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _malformed(message: str) -> BadRequest:
    return BadRequest(HTTPStatus.BAD_REQUEST, "malformed_body", message)


def _faults(messages: Mapping[Any, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Flatten marshmallow's tree to (`lines.0.quantity`, message); the location is left out."""
    for key, inner in messages.items():
        here = path if key == "_schema" else (*path, str(key)[:80])
        if isinstance(inner, Mapping):
            yield from _faults(inner, here)
        else:
            for message in inner if isinstance(inner, list) else [inner]:
                yield ".".join(here[1:]), str(message)


@contextmanager
def within(part: str) -> Iterator[None]:
    """Name the field of a refusal by where it stands in the body: `name` -> `contact.name`."""
    try:
        yield
    except InvalidValue as fault:
        raise InvalidValue(f"{part}.{fault.field}", fault.reason) from fault
