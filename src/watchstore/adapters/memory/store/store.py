"""The store: committed tables, and the clock of the database."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from watchstore.adapters.memory.store.engine import Engine
from watchstore.adapters.memory.store.schema import Table
from watchstore.adapters.memory.store.transaction import Transaction


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Tables in memory, shared by threads; everything goes through a transaction.

    `clock` is what PostgreSQL calls clock_timestamp(); `lock_timeout` is in seconds.
    """

    def __init__(
        self,
        *tables: Table[Any, Any],
        clock: Callable[[], datetime] = utc_now,
        lock_timeout: float = 5.0,
    ) -> None:
        self.clock = clock
        self._engine = Engine(tables, lock_timeout)

    def transaction(self) -> Transaction:
        return Transaction(self._engine)

    def until_waiting(self, transactions: int = 1, timeout: float = 5.0) -> bool:
        """Sleep until so many transactions wait for others: how a test stages a race."""
        return self._engine.queue.until_waiting(transactions, timeout)
