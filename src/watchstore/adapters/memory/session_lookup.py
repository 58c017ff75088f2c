"""Who a session belongs to, straight from the store: there is no cache that could be stale."""

from collections.abc import Collection

from watchstore.adapters.memory.store import At, Store
from watchstore.adapters.memory.tables import SESSIONS, USERS
from watchstore.service_layer.ports import SignedIn


class MemorySessionLookup:
    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, secret_hash: str, *, fresh: bool = False) -> SignedIn | None:  # noqa: ARG002
        now = self._store.clock()
        with self._store.transaction() as tx:
            for session in tx.scan(SESSIONS, at=At("session_secret_hash_key", secret_hash)):
                user = tx.get(USERS, session.user_id)
                if user is not None and user.disabled_at is None and session.is_live(now):
                    return SignedIn(session.id, user, session.expires_at)
        return None

    def forget(self, secret_hashes: Collection[str]) -> None:
        """Nothing is cached."""
