"""Signatures of webhooks: HMAC-SHA256 over time and raw body, in Stripe's form `t=...,v1=...`."""

import hashlib
import hmac
from datetime import datetime
from typing import Final

from watchstore.domain.errors import InvalidSignature

# Seconds a notice may be old, or the gateway's clock ahead: what is replayed later is refused.
TOLERANCE: Final = 300


def signed(body: bytes, *, secret: str, at: datetime) -> str:
    moment = str(int(at.timestamp()))
    return f"t={moment},v1={_digest(body, secret, moment)}"


def require_signature(header: str, body: bytes, *, secret: str, now: datetime) -> None:
    """Raises InvalidSignature, and never says what is wrong with it. Several v1 are allowed:
    a gateway that changes its secret signs with the old one and the new one for a while."""
    parts = [part.partition("=") for part in header.split(",")]
    moments = [value for name, _, value in parts if name == "t"]
    given = [value for name, _, value in parts if name == "v1"]
    if len(moments) != 1 or not _is_recent(moments[0], now):
        raise InvalidSignature("The signature is missing, wrong or too old.")
    right = _digest(body, secret, moments[0]).encode()
    if not any(hmac.compare_digest(right, one.encode()) for one in given):
        raise InvalidSignature("The signature is missing, wrong or too old.")


def _is_recent(moment: str, now: datetime) -> bool:
    if not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
        return False
    return abs(now.timestamp() - int(moment)) <= TOLERANCE


def _digest(body: bytes, secret: str, moment: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
