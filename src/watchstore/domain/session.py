"""Proofs of who is calling: sessions, and one-time tokens sent by mail."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from watchstore.domain.errors import InvalidToken
from watchstore.domain.identifiers import SessionId, UserId


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in device. The secret itself is only in the cookie; here is its hash."""

    id: SessionId
    user_id: UserId
    secret_hash: str
    device: str
    started_at: datetime
    expires_at: datetime

    def is_live(self, at: datetime) -> bool:
        return at < self.expires_at


class Purpose(StrEnum):
    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose, no secret


@dataclass(frozen=True, slots=True)
class Token:
    """A one-time token: proves that its holder reads the account's mail."""

    secret_hash: str
    purpose: Purpose
    user_id: UserId
    expires_at: datetime
    used_at: datetime | None = None

    def use(self, at: datetime) -> "Token":
        if self.used_at is not None or at >= self.expires_at:
            raise InvalidToken("This link is not valid any more; ask for a new one.")
        return replace(self, used_at=at)
