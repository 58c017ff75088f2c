"""What the test gateway sends by itself."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.ports import GatewayAnswer, Notice
from watchstore.service_layer.signatures import require_signature

HEADER: Final = "Gateway-Signature"


class TestGatewayNotices:
    __test__ = False  # for pytest, which collects by the name

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Notice | None:
        require_signature(headers.get(HEADER, ""), body, secret=self._secret, now=now)
        try:
            event: Any = json.loads(body)
            return _notice(event)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InvalidValue("body", "is not a notice of the test gateway") from None


def _notice(event: dict[str, Any]) -> Notice | None:
    if event["type"] != "request.answered":
        return None
    about = event["data"]
    said = about["answer"]
    if said.get("outcome") == "action_required":
        return None
    approved = said.get("outcome") == "approved"
    answer = GatewayAnswer(
        approved, str(said["reference"]), None if approved else said.get("reason") or said["code"]
    )
    return Notice(str(event["id"]), str(about["key"]), answer)
