"""What the store refuses.

StoreError
    ConstraintViolation      carries the constraint's name
        UniqueViolation
        ForeignKeyViolation
        CheckViolation
    Deadlock                 try again with a fresh transaction
    LockTimeout              likewise
    TransactionAborted       an earlier statement failed
    TransactionEnded         committed or rolled back
    NoSuchSavepoint          released, or rolled back past
"""


class StoreError(Exception):
    """Anything the store refuses."""


class ConstraintViolation(StoreError):
    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


class UniqueViolation(ConstraintViolation):
    """Another row has this value already."""


class ForeignKeyViolation(ConstraintViolation):
    """The row referred to is missing, or a row to delete is still referred to."""


class CheckViolation(ConstraintViolation):
    """The row breaks a rule of its table."""


class Deadlock(StoreError):
    """Waiting would close a circle of transactions that wait for each other."""


class LockTimeout(StoreError):
    """Another transaction kept a row, or a unique value, for too long."""


class TransactionAborted(StoreError):
    """A statement failed before: only rolling back, or back to a savepoint, is allowed."""


class TransactionEnded(StoreError):
    """The transaction was committed or rolled back."""


class NoSuchSavepoint(StoreError):
    """The savepoint was released, or its transaction went back to an earlier one."""
