"""Requests as frozen values: what cannot be read is a BadInput with a message for its sender."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Request

LARGEST_AMOUNT = 2**63 - 1  # what SQLite holds in one column
_KEY = re.compile(r"[!-~]{1,255}")
_TEXT = re.compile(r"[ -~]{1,100}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class BadInput(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewPayment:
    amount: int
    currency: str
    card: str
    order_number: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Money to capture or to refund; a currency that is named must be the payment's."""

    amount: int
    currency: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """An idempotency key and a digest of what it was used for."""

    key: str
    digest: str


def claim_of(request: Request, body: Mapping[str, Any]) -> Claim:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise BadInput("key_missing", "the header Idempotency-Key is missing")
    if not _KEY.fullmatch(key):
        raise BadInput("key_invalid", "Idempotency-Key: 1 to 255 printable ASCII characters")
    canonical = json.dumps([request.method, request.path, body], sort_keys=True)
    return Claim(key, hashlib.sha256(canonical.encode()).hexdigest())


def body_of(request: Request, fields: Collection[str]) -> dict[str, Any]:
    raw = request.get_data()
    try:
        body = json.loads(raw) if raw else {}
    except (ValueError, RecursionError) as error:
        raise BadInput("bad_json", "the body is not valid JSON") from error
    if not isinstance(body, dict):
        raise BadInput("bad_json", "the body must be a JSON object")
    unknown = sorted(set(body) - set(fields))
    if unknown:
        raise BadInput("unknown_field", f"unknown field: {ascii(unknown[0])[:60]}")
    return body


def new_payment(body: Mapping[str, Any]) -> NewPayment:
    return NewPayment(
        _amount(body),
        _matching(body, "currency", _CURRENCY, "three capital letters"),
        _matching(body, "card", _TEXT, "1 to 100 printable ASCII characters"),
        _matching(body, "order_number", _TEXT, "1 to 100 printable ASCII characters"),
    )


def movement(body: Mapping[str, Any]) -> Movement:
    named = "currency" in body
    currency = _matching(body, "currency", _CURRENCY, "three capital letters") if named else None
    return Movement(_amount(body), currency)


def approval(body: Mapping[str, Any]) -> bool:
    outcome = body.get("outcome")
    if outcome not in {"approved", "declined"}:
        raise BadInput("bad_outcome", "outcome: approved or declined")
    return bool(outcome == "approved")


def after_of(request: Request) -> int:
    text = request.args.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise BadInput("bad_after", "after: the id of a ledger entry, a whole number")
    return int(text)


def _amount(body: Mapping[str, Any]) -> int:
    amount = body.get("amount")
    if type(amount) is not int or not 0 < amount <= LARGEST_AMOUNT:  # True is an int too
        raise BadInput("bad_amount", f"amount: a whole number from 1 to {LARGEST_AMOUNT}")
    return amount


def _matching(body: Mapping[str, Any], name: str, form: re.Pattern[str], wanted: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise BadInput(f"bad_{name}", f"{name}: {wanted}")
    return value
