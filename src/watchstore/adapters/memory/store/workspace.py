"""One transaction's view: its own versions over the committed rows, its locks, its undo log."""

from collections.abc import Callable, Collection, Hashable, Iterator
from functools import partial

from watchstore.adapters.memory.store.engine import Engine
from watchstore.adapters.memory.store.locks import Mode, Owner
from watchstore.adapters.memory.store.rows import Rows
from watchstore.adapters.memory.store.schema import K, R, Table


class Workspace:
    """Every method is called with the engine's mutex held; only waiting lets go of it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._undo: list[Callable[[], None]] = []

    def open(self) -> None:
        self.engine.drafts[self] = {}

    def get(self, table: Table[K, R], key: K) -> R | None:
        draft = self._draft(table)
        if draft is not None and key in draft.versions:
            return draft.versions[key]
        return self._committed(table).versions.get(key)

    def all(self, table: Table[K, R]) -> dict[K, R | None]:
        """Copy what is visible now; None where this transaction deleted."""
        draft = self._draft(table)
        committed = self._committed(table).versions
        return committed.copy() if draft is None else committed | draft.versions

    def at(self, table: Table[K, R], index: str, value: Hashable) -> dict[K, R | None]:
        """Copy what is visible now with this value in an index."""
        keys = dict.fromkeys(self._committed(table).keys_at(index, value))
        if (draft := self._draft(table)) is not None:
            keys = {key: None for key in keys if key not in draft.versions}
            keys.update(dict.fromkeys(draft.keys_at(index, value)))
        return {key: self.get(table, key) for key in keys}

    def writers(self, table: Table[K, R], keys: Collection[K]) -> set[Owner]:
        """Find the other transactions that wrote one of these rows and have not ended."""
        return {
            owner
            for owner, draft in self._other_drafts(table)
            if any(key in draft.versions for key in keys)
        }

    def claimants(self, table: Table[K, R], index: str, value: Hashable) -> set[Owner]:
        """Find the other transactions that gave a row this value and have not ended."""
        return {owner for owner, draft in self._other_drafts(table) if draft.keys_at(index, value)}

    def write(self, table: Table[K, R], key: K, version: R | None) -> None:
        draft = self.engine.drafts[self].setdefault(table.name, Rows(table.keyed))
        if key in draft.versions:
            undo = partial(draft.put, key, draft.versions[key])
        else:
            undo = partial(draft.drop, key)
        draft.put(key, version)
        self._undo.append(undo)

    def lock(self, table: Table[K, R], key: K, mode: Mode) -> R | None:
        """Wait for a visible row, hold it, and read its latest version."""
        if self.get(table, key) is None:
            return None
        mark = self.mark()
        self._hold((table.name, key), mode)
        if (latest := self.get(table, key)) is None:
            self.back_to(mark)
        return latest

    def is_free(self, table: Table[K, R], key: K, mode: Mode) -> bool:
        return not self.engine.locks.blockers(self, (table.name, key), mode)

    def mark(self) -> int:
        return len(self._undo)

    def back_to(self, mark: int) -> None:
        while len(self._undo) > mark:
            self._undo.pop()()
        self.engine.queue.wake(self)

    def publish(self) -> None:
        for name, draft in self.engine.drafts[self].items():
            committed = self.engine.committed[name]
            for key, version in draft.versions.items():
                if version is None:
                    committed.drop(key)
                else:
                    committed.put(key, version)

    def close(self) -> None:
        self._undo.clear()
        del self.engine.drafts[self]
        self.engine.locks.release_all(self)
        self.engine.queue.wake(self)

    def _hold(self, row: tuple[str, Hashable], mode: Mode) -> None:
        locks = self.engine.locks
        held = locks.held(self, row)
        if held is not None and held >= mode:
            return
        self.engine.queue.until_clear(self, lambda: locks.blockers(self, row, mode))
        locks.set(self, row, mode)
        self._undo.append(partial(locks.set, self, row, held))

    def _committed(self, table: Table[K, R]) -> Rows[K, R]:
        return self.engine.committed[table.name]

    def _draft(self, table: Table[K, R]) -> Rows[K, R] | None:
        return self.engine.drafts[self].get(table.name)

    def _other_drafts(self, table: Table[K, R]) -> Iterator[tuple[Owner, Rows[K, R]]]:
        for owner, drafts in self.engine.drafts.items():
            if owner is not self and table.name in drafts:
                yield owner, drafts[table.name]
