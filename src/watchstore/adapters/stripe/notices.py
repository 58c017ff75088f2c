"""What Stripe sends by itself. It may be old news: the gateway is asked how things stand."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.ports import Notice
from watchstore.service_layer.signatures import require_signature

HEADER: Final = "Stripe-Signature"
# A payment that only waits for the buyer (.requires_action) is no news.
HEEDED: Final = frozenset(
    {
        "payment_intent.amount_capturable_updated",
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "charge.refunded",
        "refund.created",
        "refund.updated",
        "refund.failed",
    }
)


class StripeNotices:
    """The key in the metadata is ours; what has none is somebody else's business."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Notice | None:
        require_signature(headers.get(HEADER, ""), body, secret=self._secret, now=now)
        try:
            event: Any = json.loads(body)
            key = (event["data"]["object"].get("metadata") or {}).get("key")
            if event["type"] not in HEEDED or not key:
                return None
            return Notice(str(event["id"]), str(key))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise InvalidValue("body", "is not an event of Stripe's") from None
