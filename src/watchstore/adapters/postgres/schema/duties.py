"""What some worker does now and then, and which of them is at it."""

from sqlalchemy import BigInteger, Column, Table, Text, text

from watchstore.adapters.postgres.schema.columns import instant, metadata

duties = Table(
    "duties",
    metadata,
    Column("name", Text, primary_key=True),
    instant("due_at"),
    instant("leased_until", null=True),
    Column("token", BigInteger, nullable=False, server_default=text("0")),
)
