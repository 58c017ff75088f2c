"""What all tables share: the metadata, types and small checks."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy import text as sql
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment, always read back in UTC whatever time zone the server is set to."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None


def identity() -> Column[UUID]:
    return Column("id", Uuid, primary_key=True)


def of_order() -> Column[UUID]:
    return Column("order_id", Uuid, ForeignKey("orders.id"), nullable=False)


def instant(name: str, *, null: bool = False, **options: Any) -> Column[datetime]:
    return Column(name, Instant, nullable=null, **options)


def words(name: str) -> Column[str]:
    """Text that may be empty, but is never unknown."""
    return Column(name, Text, nullable=False)


def whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def amount(name: str) -> Column[int]:
    """Minor units; what they are units of stands in a currency column beside it."""
    return Column(name, BigInteger, nullable=False)


def language() -> Column[str]:
    return Column("language", Text, nullable=False, server_default=sql("'en'"))


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def within(column: str, least: int, most: int | str) -> CheckConstraint:
    """Both ends count; the upper one may be another column."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {most}", name=column)


def is_version() -> CheckConstraint:
    return CheckConstraint("version >= 1", name="version")


def is_json(column: str, kind: str) -> CheckConstraint:
    return CheckConstraint(f"jsonb_typeof({column}) = '{kind}'", name=column)


def matches(column: str, pattern: str) -> CheckConstraint:
    return CheckConstraint(f"{column} ~ '^{pattern}$'", name=column)


def is_hash(column: str = "secret_hash") -> CheckConstraint:
    return matches(column, "[0-9a-f]{64}")


def is_currency(column: str = "currency") -> CheckConstraint:
    return matches(column, "[A-Z]{3}")
