"""Money on its way back. A trigger keeps their sum equal to what the payment says."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import (
    amount,
    identity,
    instant,
    is_currency,
    is_json,
    metadata,
    of_order,
    one_of,
    words,
)
from watchstore.domain.refund import RefundState

refunds = Table(
    "refunds",
    metadata,
    identity(),
    of_order(),
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
    is_json("pieces", "array"),
    one_of("state", RefundState),
    CheckConstraint("refusal IS NULL OR state = 'refused'", name="refusal"),
    Index(None, "order_id"),
    Index(None, "payment_id"),
)
