"""What an account keeps for itself: addresses, and watches to come back to.

Documents in one row an account: whoever changes one holds the lock of the account.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import metadata
from watchstore.domain.address_book import MOST_ADDRESSES
from watchstore.domain.wish_list import MOST_WISHES


def _at_most(column: str, most: int) -> CheckConstraint:
    return CheckConstraint(
        f"jsonb_typeof({column}) = 'array' AND jsonb_array_length({column}) <= {most}", name=column
    )


address_books = Table(
    "address_books",
    metadata,
    Column("owner", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("entries", JSONB, nullable=False),
    _at_most("entries", MOST_ADDRESSES),
)

wish_lists = Table(
    "wish_lists",
    metadata,
    Column("owner", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("watches", JSONB, nullable=False),
    _at_most("watches", MOST_WISHES),
)
