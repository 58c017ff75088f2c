"""Stripe's webhooks, signed as Stripe signs them, and sent over HTTP."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.support.stripe.server import FakeStripe

from watchstore.service_layer.commands import TakeNotice
from watchstore.service_layer.signatures import signed

SECRET = "whsec_stripe_test"
PATH = "/api/v1/payments/webhooks/stripe"


def body_of(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event).encode()


def told(event: Mapping[str, Any], at: datetime) -> TakeNotice:
    body = body_of(event)
    return TakeNotice("stripe", {"Stripe-Signature": signed(body, secret=SECRET, at=at)}, body)


def last(fake: FakeStripe, kind: str) -> dict[str, Any]:
    """The latest event of that type."""
    return [event for event in fake.books.events if event["type"] == kind][-1]


def send(url: str, event: Mapping[str, Any], at: datetime) -> int:
    """As Stripe sends it; returns the shop's status."""
    body = body_of(event)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signed(body, secret=SECRET, at=at),
    }
    try:
        with urlopen(Request(url + PATH, body, headers), timeout=20) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code
