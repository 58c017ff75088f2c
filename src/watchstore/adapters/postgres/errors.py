"""From what the driver says to what the ports promise: no SQLAlchemy exception gets out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from watchstore.domain.errors import InvalidValue, NotFound
from watchstore.service_layer.ports import ConcurrencyConflict, Unavailable

# SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
_CONFLICTS: Final = frozenset({"40001", "40P01", "55P03"})
_AWAY: Final = frozenset({"57014", "57P01", "57P02", "57P03", "57P05", "25006", "25P03"})
_AWAY_CLASSES: Final = frozenset({"08", "53", "58"})  # connection, resources, operating system
# What the pool says when new connections are cut as well; SQLAlchemy has no class for it.
_GIVEN_UP: Final = "This connection is closed"
_FOREIGN_KEY: Final = "23503"
_NUMBERED: Final = "events_aggregate_seq_key"


class ConstraintViolated(Exception):
    """The schema refused a row. Where no port promises a refusal of its own, this is a bug."""

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


class DatabaseFault(Exception):
    """The database refused a statement for a reason that only a bug can have."""


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except PoolTimeout:
        raise Unavailable("Every database connection is in use.") from None
    except DBAPIError as error:
        raise _meaning(error) from error
    except InvalidRequestError as error:
        raise _away() if str(error) == _GIVEN_UP else DatabaseFault(str(error)) from error
    except SQLAlchemyError as error:
        raise DatabaseFault(str(error)) from error
    except ValueError as error:  # psycopg2's word for text that PostgreSQL cannot hold
        raise InvalidValue("text", "must not hold NUL or half characters") from error


@contextmanager
def refused(by_constraint: Mapping[str, Exception]) -> Iterator[None]:
    """Raise what a port promises when one of these constraints is violated."""
    try:
        yield
    except ConstraintViolated as violation:
        raise by_constraint.get(violation.constraint, violation) from violation


def _meaning(error: DBAPIError) -> Exception:
    state: str | None = getattr(error.orig, "pgcode", None)
    if state in _CONFLICTS:
        return ConcurrencyConflict(_said(error, state))
    if error.connection_invalidated or state in _AWAY or _without_answer(error, state):
        return _away()
    if state == _FOREIGN_KEY:
        return NotFound("What this refers to does not exist.")
    if state is not None and state.startswith("23"):
        return _violation(error.orig.diag.constraint_name or "")  # type: ignore[union-attr]
    return DatabaseFault(f"{state}: {_said(error, state)}")


def _away() -> Unavailable:
    return Unavailable("The database is away or too busy.")


def _said(error: DBAPIError, state: str | None) -> str:
    """Without the DETAIL, which quotes the row; of bad data the message itself quotes the value."""
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    quoting = state is None or state.startswith("22") or not primary
    return type(error.orig).__name__ if quoting else str(primary)


def _violation(constraint: str) -> Exception:
    if constraint == _NUMBERED:  # somebody appended without the aggregate's lock
        return ConcurrencyConflict(constraint)
    return ConstraintViolated(constraint)


def _without_answer(error: DBAPIError, state: str | None) -> bool:
    if state is not None:
        return state[:2] in _AWAY_CLASSES
    return type(error.orig).__name__ in {"OperationalError", "InterfaceError"}
