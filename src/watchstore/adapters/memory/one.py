"""Reading one row for change, and saving it: what most repositories do with their table."""

from collections.abc import Hashable

from watchstore.adapters.memory.store import At, Table, Transaction
from watchstore.adapters.memory.store.schema import K, R
from watchstore.domain.errors import NotFound


def locked(tx: Transaction, table: Table[K, R], key: K) -> R:
    row = tx.lock(table, key)
    if row is None:
        raise NotFound(f"There is no such {table.name}.")
    return row


def locked_at(tx: Transaction, table: Table[K, R], unique: str, value: Hashable) -> R | None:
    found = tx.lock_where(table, at=At(unique, value))
    return found[0] if found else None


def saved(tx: Transaction, table: Table[K, R], key: K, row: R) -> None:
    if not tx.update(table, key, row):
        raise NotFound(f"There is no such {table.name}.")
