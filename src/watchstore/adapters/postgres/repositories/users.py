"""Accounts."""

from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.repositories.statements import prefixed, saving
from watchstore.adapters.postgres.schema import users
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import Email, UserId
from watchstore.domain.language import Language
from watchstore.domain.user import Role, User

_ADD = insert(users).on_conflict_do_nothing().returning(users.c.id)
_LOCKED = select(users).with_for_update(key_share=True)
_GET = _LOCKED.where(users.c.id == bindparam("id"))
_FIND = _LOCKED.where(users.c.email == bindparam("email"))
_SAVE = saving(users, "user")


def to_user(row: Row[Any]) -> User:
    return User(
        UserId(row.id),
        Email(row.email),
        row.name,
        row.password_hash,
        row.registered_at,
        role=Role(row.role),
        verified_at=row.verified_at,
        disabled_at=row.disabled_at,
        language=Language(row.language),
    )


def _values(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "email": user.email.address,
        "name": user.name,
        "password_hash": user.password_hash,
        "registered_at": user.registered_at,
        "role": user.role.value,
        "verified_at": user.verified_at,
        "disabled_at": user.disabled_at,
        "language": user.language.value,
    }


class PostgresUsers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, user: User) -> bool:
        return self._transaction.execute(_ADD, _values(user)).first() is not None

    def get(self, user_id: UserId) -> User:
        row = self._transaction.execute(_GET, {"id": user_id}).first()
        if row is None:
            raise NotFound("There is no such account.")
        return to_user(row)

    def find(self, email: Email) -> User | None:
        row = self._transaction.execute(_FIND, {"email": email.address}).first()
        return to_user(row) if row else None

    def save(self, user: User) -> None:
        self._transaction.later(_SAVE, prefixed("user", _values(user)))
