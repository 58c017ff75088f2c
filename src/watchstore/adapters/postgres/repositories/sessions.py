"""Sessions, one row a signed-in device."""

from sqlalchemy import bindparam, delete

from watchstore.adapters.postgres.repositories.statements import adding, prefixed
from watchstore.adapters.postgres.schema import sessions
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.identifiers import SessionId, UserId
from watchstore.domain.session import Session

_ADD = adding(sessions, "session")
_END = (
    delete(sessions)
    .where(sessions.c.user_id == bindparam("user_id"))
    .returning(sessions.c.secret_hash)
)
_ONLY = sessions.c.id == bindparam("only")
_KEEP = sessions.c.id != bindparam("keep")
_ENDINGS = {
    (False, False): _END,
    (True, False): _END.where(_ONLY),
    (False, True): _END.where(_KEEP),
    (True, True): _END.where(_ONLY, _KEEP),
}


class PostgresSessions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, session: Session) -> None:
        values = {
            "id": session.id,
            "user_id": session.user_id,
            "secret_hash": session.secret_hash,
            "device": session.device,
            "started_at": session.started_at,
            "expires_at": session.expires_at,
        }
        self._transaction.later(_ADD, prefixed("session", values))

    def end(
        self, user_id: UserId, *, only: SessionId | None = None, keep: SessionId | None = None
    ) -> tuple[str, ...]:
        chosen = {"only": only, "keep": keep}
        params = {name: value for name, value in chosen.items() if value is not None}
        ending = _ENDINGS[only is not None, keep is not None]
        rows = self._transaction.execute(ending, {"user_id": user_id, **params})
        return tuple(rows.scalars())
