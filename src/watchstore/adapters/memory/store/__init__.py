"""A transactional row store in memory, as strict as PostgreSQL at READ COMMITTED."""

from watchstore.adapters.memory.store.errors import (
    CheckViolation,
    ConstraintViolation,
    Deadlock,
    ForeignKeyViolation,
    LockTimeout,
    NoSuchSavepoint,
    StoreError,
    TransactionAborted,
    TransactionEnded,
    UniqueViolation,
)
from watchstore.adapters.memory.store.lifecycle import Savepoint
from watchstore.adapters.memory.store.schema import Check, Index, References, Table, Unique
from watchstore.adapters.memory.store.selection import At
from watchstore.adapters.memory.store.store import Store
from watchstore.adapters.memory.store.transaction import Transaction

__all__ = [
    "At",
    "Check",
    "CheckViolation",
    "ConstraintViolation",
    "Deadlock",
    "ForeignKeyViolation",
    "Index",
    "LockTimeout",
    "NoSuchSavepoint",
    "References",
    "Savepoint",
    "Store",
    "StoreError",
    "Table",
    "Transaction",
    "TransactionAborted",
    "TransactionEnded",
    "Unique",
    "UniqueViolation",
]
