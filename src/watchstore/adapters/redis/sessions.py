"""Sessions remembered for half a minute, so that a signed-in read need not ask the database.

An ended session leaves a tombstone under its key. Fills never overwrite, so a reader that was
slow cannot revive it; and a fill that is late by more than a tombstone lasts is not made.
"""

import logging
import time
from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson

from watchstore.adapters.redis.client import Client, RedisAway
from watchstore.domain.identifiers import Email, SessionId, UserId
from watchstore.domain.language import Language
from watchstore.domain.user import Role, User
from watchstore.service_layer.ports import SessionLookup, SignedIn

MEMORY: Final = 30.0
LATEST_FILL: Final = 5.0
TOMBSTONE: Final = 600.0
_ENDED: Final = b"ended"

_log = logging.getLogger(__name__)


class CachedSessions:
    """`insist`: whether `forget` raises RedisAway (the worker's, which tries again) or goes on.

    What is remembered is read by requests that change nothing; the others ask with `fresh`.
    """

    def __init__(self, inner: SessionLookup, client: Client, *, insist: bool = False) -> None:
        self._inner = inner
        self._client = client
        self._insist = insist

    def find(self, secret_hash: str, *, fresh: bool = False) -> SignedIn | None:
        if fresh:
            return self._inner.find(secret_hash, fresh=True)
        try:
            stored = self._client.get(_key(secret_hash))
        except RedisAway:
            return self._inner.find(secret_hash)
        if stored == _ENDED:
            return None
        return (stored and _unpacked(stored)) or self._ask(secret_hash)

    def forget(self, secret_hashes: Collection[str]) -> None:
        if not secret_hashes:
            return
        self._inner.forget(secret_hashes)
        keys = [_key(secret_hash) for secret_hash in secret_hashes]
        try:
            self._client.put_all(keys, _ENDED, milliseconds=int(TOMBSTONE * 1000))
        except RedisAway as error:
            if self._insist:
                raise
            _log.warning("Ended sessions may be remembered for %d s more: %s", MEMORY, error)

    def _ask(self, secret_hash: str) -> SignedIn | None:
        """Unknown secrets are not remembered: a stranger could fill the cache with them."""
        asked, until = time.monotonic(), time.time() + MEMORY
        found = self._inner.find(secret_hash)
        if found is not None and time.monotonic() - asked < LATEST_FILL:
            self._remember(secret_hash, found, min(until, found.expires_at.timestamp()))
        return found

    def _remember(self, secret_hash: str, found: SignedIn, until: float) -> None:
        left = int((until - time.time()) * 1000)
        if left <= 0:
            return
        try:
            self._client.put_new(_key(secret_hash), _packed(found, until), milliseconds=left)
        except RedisAway:
            return  # the next request asks the database again


def _key(secret_hash: str) -> str:
    return f"{{session:{secret_hash}}}"


def _packed(found: SignedIn, until: float) -> bytes:
    """Without the password's hash: nothing that reads a remembered session needs it."""
    user = found.user
    return orjson.dumps(
        {
            # A frozen Redis can carry out a command long after it was sent.
            "until": until,
            "session": found.session_id,
            "expires_at": found.expires_at,
            "user": user.id,
            "email": user.email.address,
            "name": user.name,
            "role": user.role,
            "registered_at": user.registered_at,
            "verified_at": user.verified_at,
            "disabled_at": user.disabled_at,
            "language": user.language,
        }
    )


def _unpacked(value: bytes) -> SignedIn | None:
    row = orjson.loads(value)
    if row["until"] <= time.time():
        return None
    user = User(
        UserId(UUID(row["user"])),
        Email(row["email"]),
        row["name"],
        "",
        datetime.fromisoformat(row["registered_at"]),
        Role(row["role"]),
        _moment(row["verified_at"]),
        _moment(row["disabled_at"]),
        Language(row.get("language", Language.EN)),  # an older release remembers none
    )
    expires_at = datetime.fromisoformat(row["expires_at"])
    return SignedIn(SessionId(UUID(row["session"])), user, expires_at)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
