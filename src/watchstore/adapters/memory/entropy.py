"""Chance that repeats itself: the same seed gives the same ids and secrets."""

from base64 import urlsafe_b64encode
from random import Random
from threading import Lock
from typing import Final
from uuid import UUID

from watchstore.domain.identifiers import OrderNumber

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class SeededEntropy:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable on purpose, for tests and examples
        self._lock = Lock()

    def new_id(self) -> UUID:
        return UUID(bytes=self._bytes(16), version=4)

    def new_secret(self) -> str:
        return urlsafe_b64encode(self._bytes(32)).decode().rstrip("=")

    def new_order_number(self) -> OrderNumber:
        return OrderNumber("WS-" + "".join(_CROCKFORD[byte % 32] for byte in self._bytes(10)))

    def _bytes(self, count: int) -> bytes:
        with self._lock:
            return self._random.randbytes(count)
