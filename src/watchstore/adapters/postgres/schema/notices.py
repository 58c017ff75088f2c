"""Webhooks that were heeded: each acts once."""

from sqlalchemy import CheckConstraint, Column, Index, Table, Text

from watchstore.adapters.postgres.schema.columns import instant, metadata

notices = Table(
    "notices",
    metadata,
    Column("gateway", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    instant("taken_at"),
    Index(None, "taken_at"),
    CheckConstraint("gateway <> '' AND id <> ''", name="named"),
)
