"""Invoices and credit notes. Triggers keep them as they are, and their numbers without a gap."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import (
    amount,
    instant,
    is_currency,
    is_json,
    metadata,
    of_order,
    one_of,
    whole,
    words,
)
from watchstore.domain.papers import PaperKind

papers = Table(
    "papers",
    metadata,
    words("kind"),
    whole("year"),
    whole("sequence"),
    of_order(),
    Column("refund_id", Uuid, ForeignKey("refunds.id")),
    instant("issued_at"),
    amount("total"),
    words("currency"),
    Column("content", JSONB, nullable=False),
    PrimaryKeyConstraint("kind", "year", "sequence"),
    UniqueConstraint("refund_id"),
    one_of("kind", PaperKind),
    CheckConstraint("(kind = 'credit_note') = (refund_id IS NOT NULL)", name="refund"),
    CheckConstraint("sequence >= 1", name="sequence"),
    CheckConstraint("year = extract(year FROM issued_at AT TIME ZONE 'UTC')", name="year"),
    CheckConstraint("total > 0", name="total"),
    is_currency(),
    is_json("content", "object"),
    Index(
        "papers_invoiced_order_idx",
        "order_id",
        unique=True,
        postgresql_where=text("kind = 'invoice'"),
    ),
    Index(None, "order_id"),
)

# The row of a year is locked by whoever writes its next paper.
paper_counters = Table(
    "paper_counters",
    metadata,
    words("kind"),
    whole("year"),
    whole("last"),
    PrimaryKeyConstraint("kind", "year"),
)
