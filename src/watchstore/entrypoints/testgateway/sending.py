"""Webhooks: every answer is also sent to the shop, signed, until the shop takes it."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import Self
from urllib.error import URLError
from urllib.request import Request, urlopen

from .ledger import Ledger

IDLE = 0.05
LONGEST_PAUSE = 30.0
PATIENCE = 5.0  # seconds a shop may take to answer


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Where to send and what to sign with; `late` seconds after the answer, `copies` times."""

    url: str
    secret: str
    late: float = 0.0
    copies: int = 1


class Sender:
    """A thread that sends what the ledger says was not taken yet: at least once, oldest first."""

    def __init__(self, ledger: Ledger, to: Subscriber) -> None:
        self._ledger = ledger
        self._to = to
        self._stop = Event()
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE + 1)

    def _run(self) -> None:
        pause = IDLE
        while not self._stop.wait(pause):
            taken = self._send_due()
            pause = IDLE if taken else min(pause * 2, LONGEST_PAUSE)

    def _send_due(self) -> bool:
        """False when the shop did not take one: the rest waits behind it."""
        for number, body in self._ledger.unsent(older_than=self._to.late):
            if self._stop.is_set() or not self._send(body.encode()):
                return False
            self._ledger.sent(number)
        return True

    def _send(self, body: bytes) -> bool:
        return all(self._post(body) for _ in range(self._to.copies))

    def _post(self, body: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            "Gateway-Signature": _signature(body, self._to.secret, int(time.time())),
        }
        request = Request(self._to.url, body, headers)  # noqa: S310 - a URL of the operator's own
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return 200 <= int(answer.status) < 300
        except (URLError, OSError):
            return False


def _signature(body: bytes, secret: str, moment: int) -> str:
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"
