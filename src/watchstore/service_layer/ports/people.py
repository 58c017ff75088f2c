"""Accounts, the devices they are signed in on, and one-time tokens."""

from typing import Protocol

from watchstore.domain.identifiers import Email, SessionId, UserId
from watchstore.domain.session import Purpose, Session, Token
from watchstore.domain.user import User


class Users(Protocol):
    def add(self, user: User) -> bool:
        """False when the e-mail has an account already (also when a rival just made it)."""

    def get(self, user_id: UserId) -> User: ...

    def find(self, email: Email) -> User | None: ...

    def save(self, user: User) -> None: ...


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    def end(
        self, user_id: UserId, *, only: SessionId | None = None, keep: SessionId | None = None
    ) -> tuple[str, ...]:
        """Delete a user's sessions; returns the hashes of their secrets."""


class Tokens(Protocol):
    def add(self, token: Token) -> None: ...

    def get(self, secret_hash: str, purpose: Purpose) -> Token:
        """Raises InvalidToken when there is none."""

    def save(self, token: Token) -> None: ...
