"""What makes the same request, or the same notice, act once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watchstore.domain.identifiers import OrderId


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key: who sent it, the key, and a hash of method, path and body."""

    actor: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What became of an earlier request with the same key; no answer yet: in progress."""

    fingerprint: str
    answer: Mapping[str, object] | None


class RequestKeys(Protocol):
    def claim(self, key: RequestKey, *, order_id: OrderId | None = None) -> Earlier | None:
        """None: the key is yours. Waits while a twin's transaction is open. Keys live 24 h."""

    def peek(self, key: RequestKey) -> Earlier | None:
        """What is committed for the key, without a lock."""

    def answer(self, key: RequestKey, answer: Mapping[str, object]) -> None: ...

    def answer_order(self, order_id: OrderId, answer: Mapping[str, object]) -> None:
        """Store the first answer for the request that made the order, if it came with a key."""


class Notices(Protocol):
    def add(self, gateway: str, notice_id: str, at: datetime) -> bool:
        """False when it was taken before; waits while a twin's transaction is open."""
