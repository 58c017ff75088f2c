"""What an account holder asks about the account."""

from watchstore.adapters.memory.plain import iso
from watchstore.adapters.memory.store import At, Store
from watchstore.adapters.memory.tables import SESSIONS, USERS
from watchstore.domain.identifiers import UserId
from watchstore.service_layer.queries import AccountView, SessionRow


class MemoryAccountQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def account(self, user_id: UserId) -> AccountView | None:
        with self._store.transaction() as tx:
            user = tx.get(USERS, user_id)
        if user is None:
            return None
        return AccountView(
            str(user.id),
            user.email.address,
            user.name,
            user.role.value,
            user.verified_at is not None,
            iso(user.registered_at),
            user.language.value,
        )

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        now = self._store.clock()
        with self._store.transaction() as tx:
            live = tx.scan(
                SESSIONS,
                lambda session: session.is_live(now),
                at=At("session_user_id_fkey", user_id),
            )
        live.sort(key=lambda session: (session.started_at, session.id), reverse=True)
        return tuple(
            SessionRow(
                str(session.id), session.device, iso(session.started_at), iso(session.expires_at)
            )
            for session in live
        )
