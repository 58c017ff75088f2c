"""Ids and secrets from the operating system's randomness."""

import os
import secrets
import time
from typing import Final
from uuid import UUID

from watchstore.domain.identifiers import OrderNumber

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VERSION_7: Final = 0x7 << 76
_VARIANT: Final = 0b10 << 62


class SystemEntropy:
    def new_id(self) -> UUID:
        """A UUID of version 7 (RFC 9562): begins with the time, so that indexes grow at one end."""
        milliseconds = (time.time_ns() // 1_000_000) & (2**48 - 1)
        chance = int.from_bytes(os.urandom(10))
        high = (chance >> 62 & 0xFFF) << 64
        low = chance & (2**62 - 1)
        return UUID(int=milliseconds << 80 | _VERSION_7 | high | _VARIANT | low)

    def new_secret(self) -> str:
        return secrets.token_urlsafe(32)

    def new_order_number(self) -> OrderNumber:
        """Fifty random bits: nobody guesses another buyer's, or counts our orders."""
        # 256 is a multiple of 32, so the remainder favours no character.
        return OrderNumber("WS-" + "".join(CROCKFORD[byte % 32] for byte in os.urandom(10)))
