"""Money on its way back. A trigger keeps their sum equal to what the payment says."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import (
    amount,
    instant,
    is_currency,
    metadata,
    one_of,
    words,
)
from watchstore.domain.refund import RefundState

refunds = Table(
    "refunds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("order_id", Uuid, ForeignKey("orders.id"), nullable=False),
    Column("payment_id", Uuid, ForeignKey("payments.id"), nullable=False),
    amount("amount"),
    words("currency"),
    instant("asked_at"),
    words("asked_by"),
    words("reason"),
    Column("pieces", JSONB, nullable=False),
    words("state"),
    Column("refusal", Text),
    CheckConstraint("amount > 0", name="amount"),
    is_currency(),
    CheckConstraint("jsonb_typeof(pieces) = 'array'", name="pieces"),
    one_of("state", RefundState),
    CheckConstraint("refusal IS NULL OR state = 'refused'", name="refusal"),
    Index(None, "order_id"),
    Index(None, "payment_id"),
)
