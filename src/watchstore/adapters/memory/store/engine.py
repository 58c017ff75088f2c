"""What every transaction of one store shares; touched only with the mutex held."""

from threading import RLock
from typing import Any

from watchstore.adapters.memory.store.locks import Owner, RowLocks, WaitQueue
from watchstore.adapters.memory.store.rows import Rows
from watchstore.adapters.memory.store.schema import References, Table


class Engine:
    def __init__(self, tables: tuple[Table[Any, Any], ...], lock_timeout: float) -> None:
        self.tables = {table.name: table for table in tables}
        self.committed = {table.name: Rows[Any, Any](table.keyed) for table in tables}
        self.drafts: dict[Owner, dict[str, Rows[Any, Any]]] = {}
        self.mutex = RLock()
        self.locks = RowLocks()
        self.queue = WaitQueue(self.mutex, lock_timeout)
        self._referrers = self._referrers_by_table()

    def referrers(self, table: str) -> list[tuple[Table[Any, Any], References[Any]]]:
        return self._referrers[table]

    def _referrers_by_table(self) -> dict[str, list[tuple[Table[Any, Any], References[Any]]]]:
        found: dict[str, list[tuple[Table[Any, Any], References[Any]]]]
        found = {name: [] for name in self.tables}
        for table in self.tables.values():
            for reference in table.references:
                if reference.table not in found:
                    raise ValueError(f"{reference.name} refers to no table: {reference.table}")
                found[reference.table].append((table, reference))
        return found
