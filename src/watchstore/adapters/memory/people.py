"""Accounts, their sessions and one-time tokens."""

from watchstore.adapters.memory.one import locked, locked_at, saved
from watchstore.adapters.memory.store import At, Transaction
from watchstore.adapters.memory.tables import SESSIONS, TOKENS, USERS
from watchstore.domain.errors import InvalidToken
from watchstore.domain.identifiers import Email, SessionId, UserId
from watchstore.domain.session import Purpose, Session, Token
from watchstore.domain.user import User


class MemoryUsers:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, user: User) -> bool:
        return self._tx.insert_or_ignore(USERS, user.id, user)

    def get(self, user_id: UserId) -> User:
        return locked(self._tx, USERS, user_id)

    def find(self, email: Email) -> User | None:
        return locked_at(self._tx, USERS, "user_email_key", email)

    def save(self, user: User) -> None:
        saved(self._tx, USERS, user.id, user)


class MemorySessions:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, session: Session) -> None:
        self._tx.insert(SESSIONS, session.id, session)

    def end(
        self, user_id: UserId, *, only: SessionId | None = None, keep: SessionId | None = None
    ) -> tuple[str, ...]:
        ending = self._tx.lock_where(
            SESSIONS,
            lambda session: only in (None, session.id) and session.id != keep,
            at=At("session_user_id_fkey", user_id),
            order=lambda session: session.id,
        )
        for session in ending:
            self._tx.delete(SESSIONS, session.id)
        return tuple(session.secret_hash for session in ending)


class MemoryTokens:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, token: Token) -> None:
        self._tx.insert(TOKENS, token.secret_hash, token)

    def get(self, secret_hash: str, purpose: Purpose) -> Token:
        token = self._tx.lock(TOKENS, secret_hash)
        if token is None or token.purpose is not purpose:
            raise InvalidToken("This link is not valid any more; ask for a new one.")
        return token

    def save(self, token: Token) -> None:
        saved(self._tx, TOKENS, token.secret_hash, token)
