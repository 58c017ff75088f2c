"""A transaction: the statements one can run, and how it ends."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Self

from watchstore.adapters.memory.store import integrity
from watchstore.adapters.memory.store.engine import Engine
from watchstore.adapters.memory.store.errors import UniqueViolation
from watchstore.adapters.memory.store.lifecycle import Lifecycle, Savepoint
from watchstore.adapters.memory.store.locks import Mode
from watchstore.adapters.memory.store.schema import K, R, Table
from watchstore.adapters.memory.store.selection import At, Selection
from watchstore.adapters.memory.store.workspace import Workspace


class Transaction:
    """READ COMMITTED: each statement sees its own writes over what is committed when it starts.

    As in PostgreSQL a failed statement undoes everything back to the innermost savepoint and lets
    go of its locks; then only rolling back is allowed. Not to be shared by threads.
    """

    def __init__(self, engine: Engine) -> None:
        self._life = Lifecycle(Workspace(engine))

    def get(self, table: Table[K, R], key: K) -> R | None:
        with self._life.statement() as work:
            return work.get(table, key)

    def scan(
        self, table: Table[K, R], where: Callable[[R], bool] | None = None, *, at: At | None = None
    ) -> list[R]:
        return [row for _, row in self._matching(Selection(table, where, at))]

    def lock(self, table: Table[K, R], key: K) -> R | None:
        """SELECT ... FOR UPDATE of one row: waits, then reads its latest version."""
        with self._life.statement() as work:
            return work.lock(table, key, Mode.UPDATE)

    def lock_where(
        self,
        table: Table[K, R],
        where: Callable[[R], bool] | None = None,
        *,
        at: At | None = None,
        skip_locked: bool = False,
        limit: int | None = None,
        order: Callable[[R], Any] | None = None,
    ) -> list[R]:
        """SELECT ... FOR UPDATE: a row that changed while it was waited for must match again."""
        selection = Selection(table, where, at)
        found = self._matching(selection)
        if order is not None:
            found.sort(key=lambda item: order(item[1]))
        return list(islice(self._locked(selection, found, skip_locked), limit))

    def insert(self, table: Table[K, R], key: K, row: R) -> None:
        with self._life.statement() as work:
            _insert(work, table, key, row)

    def insert_or_ignore(self, table: Table[K, R], key: K, row: R) -> bool:
        """INSERT ... ON CONFLICT DO NOTHING: False if a unique value is taken."""
        with self._life.statement() as work:
            try:
                _insert(work, table, key, row)
            except UniqueViolation:
                return False
            return True

    def update(self, table: Table[K, R], key: K, row: R) -> bool:
        """Replace a row; False if there is none."""
        with self._life.statement() as work:
            before = work.lock(table, key, Mode.NO_KEY_UPDATE)
            if before is None:
                return False
            integrity.require_checks(table, row)
            integrity.claim(work, table, key, row, new=False)
            work.write(table, key, row)
            integrity.hold_parents(work, table, row, before)
            return True

    def delete(self, table: Table[K, R], key: K) -> bool:
        """Delete a row that nobody refers to; False if there is none."""
        with self._life.statement() as work:
            if work.lock(table, key, Mode.UPDATE) is None:
                return False
            work.write(table, key, None)
            integrity.refuse_orphans(work, table, key)
            return True

    def savepoint(self) -> Savepoint:
        return self._life.savepoint()

    def commit(self) -> None:
        """Publish every write at once. A failed transaction is rolled back, and says so."""
        self._life.commit()

    def rollback(self) -> None:
        """Lose whatever is not committed; may be called again, and after a commit."""
        self._life.rollback()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.rollback()

    def _matching(self, selection: Selection[K, R]) -> list[tuple[K, R]]:
        with self._life.statement() as work:
            candidates = selection.candidates(work)
        return selection.among(candidates)

    def _locked(
        self, selection: Selection[K, R], found: list[tuple[K, R]], skip_locked: bool
    ) -> Iterator[R]:
        table = selection.table
        for key, row in found:
            with self._life.statement() as work:
                if skip_locked and not work.is_free(table, key, Mode.UPDATE):
                    continue
                latest = work.lock(table, key, Mode.UPDATE)
            if latest is row or (latest is not None and selection.still_has(latest)):
                yield latest


def _insert(work: Workspace, table: Table[K, R], key: K, row: R) -> None:
    integrity.require_checks(table, row)
    integrity.claim(work, table, key, row, new=True)
    work.write(table, key, row)
    integrity.hold_parents(work, table, row)
