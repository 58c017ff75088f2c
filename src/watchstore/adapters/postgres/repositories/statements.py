"""Inserts and updates whose parameters carry a prefix, so that writes can be sent together.

SQLAlchemy sets a column for every parameter of its name, in each of the writes: hence two
underscores, which no column has.
"""

from collections.abc import Mapping

from sqlalchemy import Insert, Table, Update, bindparam, insert, update


def adding(table: Table, prefix: str) -> Insert:
    return insert(table).values(
        {column: bindparam(f"{prefix}__{column.name}") for column in table.c}
    )


def saving(table: Table, prefix: str, *fixed: str, key: str = "id") -> Update:
    """An update of the row with that key; `fixed` columns never change."""
    return (
        update(table)
        .where(table.c[key] == bindparam(f"{prefix}__{key}"))
        .values(
            {
                column: bindparam(f"{prefix}__{column.name}")
                for column in table.c
                if column.name not in (key, *fixed)
            }
        )
    )


def prefixed(prefix: str, values: Mapping[str, object], *fixed: str) -> dict[str, object]:
    return {f"{prefix}__{name}": value for name, value in values.items() if name not in fixed}
