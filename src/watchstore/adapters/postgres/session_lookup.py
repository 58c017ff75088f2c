"""Who a session belongs to, asked of the database every time; a cache goes around this."""

from collections.abc import Collection

from sqlalchemy import Engine, bindparam, func, select

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.repositories.users import to_user
from watchstore.adapters.postgres.schema import sessions, users
from watchstore.domain.identifiers import SessionId
from watchstore.service_layer.ports import SignedIn

_FIND = (
    select(users, sessions.c.id.label("session_id"), sessions.c.expires_at)
    .join(sessions, sessions.c.user_id == users.c.id)
    .where(
        sessions.c.secret_hash == bindparam("secret_hash"),
        sessions.c.expires_at > func.clock_timestamp(),
        users.c.disabled_at.is_(None),
    )
)


class PostgresSessionLookup:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, secret_hash: str, *, fresh: bool = False) -> SignedIn | None:  # noqa: ARG002
        with translated(), self._engine.connect() as connection:
            row = connection.execute(_FIND, {"secret_hash": secret_hash}).first()
        if row is None:
            return None
        return SignedIn(SessionId(row.session_id), to_user(row), row.expires_at)

    def forget(self, secret_hashes: Collection[str]) -> None:
        """Nothing is cached."""
