"""What the office's writes have in common."""

from flask import Request

from watchstore.entrypoints.http.idempotency import optional_key
from watchstore.entrypoints.http.sessions import signed_in
from watchstore.service_layer.ports import RequestKey


def staff_key(request: Request) -> RequestKey | None:
    return optional_key(request, f"user:{signed_in().user.id}")


def staff_name() -> str:
    """Who did it, for the timeline of an order."""
    return signed_in().user.email.address
