"""Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): who sent it, and for what."""

from hashlib import sha256
from http import HTTPStatus
from typing import Final

from flask import Request

from watchstore.entrypoints.http.problems import BadRequest
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.ports import RequestKey

_LONGEST: Final = 255


def actor_of(shopper: Shopper) -> str:
    """Whose keys these are; raises BadRequest for a guest without a cart cookie."""
    if shopper.user_id is not None:
        return f"user:{shopper.user_id}"
    if shopper.guest_hash is not None:
        return f"guest:{shopper.guest_hash}"
    raise BadRequest(
        HTTPStatus.BAD_REQUEST,
        "actor_required",
        "Sign in, or put something in the cart first: an order needs somebody who placed it.",
    )


def required_key(request: Request, shopper: Shopper) -> RequestKey:
    actor = actor_of(shopper)
    key = optional_key(request, actor)
    if key is None:
        raise BadRequest(
            HTTPStatus.BAD_REQUEST,
            "idempotency_key_required",
            "Send an Idempotency-Key, so that a repeated request is not a second order.",
        )
    return key


def optional_key(request: Request, actor: str) -> RequestKey | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not (0 < len(key) <= _LONGEST and key.isascii() and key.isprintable()):
        raise BadRequest(
            HTTPStatus.BAD_REQUEST,
            "idempotency_key_invalid",
            f"An Idempotency-Key has 1 to {_LONGEST} printable ASCII characters.",
        )
    return RequestKey(actor, key, _fingerprint(request))


def _fingerprint(request: Request) -> str:
    head = f"{request.method}\n{request.path}\n".encode()
    return sha256(head + request.get_data(cache=True)).hexdigest()
