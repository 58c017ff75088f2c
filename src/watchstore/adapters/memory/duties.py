"""Who is at which duty, and when it is due again."""

from dataclasses import replace
from datetime import timedelta

from watchstore.adapters.memory.rows import DutyRow
from watchstore.adapters.memory.store import Store
from watchstore.adapters.memory.tables import DUTIES


class MemoryDuties:
    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, name: str, *, lasting: timedelta) -> int | None:
        now = self._store.clock()
        with self._store.transaction() as tx:
            tx.insert_or_ignore(DUTIES, name, DutyRow(now))
            row = tx.lock(DUTIES, name)
            if row is None or not row.is_due(now):
                return None
            tx.update(DUTIES, name, replace(row, leased_until=now + lasting, token=row.token + 1))
            tx.commit()
        return row.token + 1

    def extend(self, name: str, token: int, *, lasting: timedelta) -> bool:
        with self._store.transaction() as tx:
            row = tx.lock(DUTIES, name)
            if row is None or row.token != token or row.leased_until is None:
                return False
            until = self._store.clock() + lasting
            tx.update(DUTIES, name, replace(row, leased_until=until))
            tx.commit()
        return True

    def done(self, name: str, token: int, *, again_in: timedelta) -> None:
        with self._store.transaction() as tx:
            row = tx.lock(DUTIES, name)
            if row is not None and row.token == token:
                due_at = self._store.clock() + again_in
                tx.update(DUTIES, name, replace(row, due_at=due_at, leased_until=None))
                tx.commit()
