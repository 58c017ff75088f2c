"""What an account holder asks about the account."""

from sqlalchemy import Engine, bindparam, func, select

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.schema import sessions, users
from watchstore.domain.identifiers import UserId
from watchstore.service_layer.queries import AccountView, SessionRow

_ACCOUNT = select(users).where(users.c.id == bindparam("user_id"))
_SESSIONS = (
    select(sessions)
    .where(
        sessions.c.user_id == bindparam("user_id"), sessions.c.expires_at > func.clock_timestamp()
    )
    .order_by(sessions.c.started_at.desc(), sessions.c.id.desc())
)


class PostgresAccountQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def account(self, user_id: UserId) -> AccountView | None:
        with translated(), self._engine.connect() as connection:
            row = connection.execute(_ACCOUNT, {"user_id": user_id}).first()
        if row is None:
            return None
        return AccountView(
            str(row.id),
            row.email,
            row.name,
            row.role,
            row.verified_at is not None,
            row.registered_at.isoformat(),
            row.language,
        )

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(_SESSIONS, {"user_id": user_id}).all()
        return tuple(
            SessionRow(
                str(row.id), row.device, row.started_at.isoformat(), row.expires_at.isoformat()
            )
            for row in rows
        )
