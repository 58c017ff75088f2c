"""What an account holder asks about the account."""

from dataclasses import dataclass
from typing import Protocol

from watchstore.domain.identifiers import UserId


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: str
    device: str
    started_at: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class AccountView:
    id: str
    email: str
    name: str
    role: str
    verified: bool
    registered_at: str
    language: str


class AccountQueries(Protocol):
    def account(self, user_id: UserId) -> AccountView | None: ...

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        """Live ones, newest first."""
