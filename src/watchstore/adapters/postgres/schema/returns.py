"""What buyers send back."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import (
    identity,
    instant,
    metadata,
    of_order,
    one_of,
    words,
)
from watchstore.domain.returning import ReturnState

returns = Table(
    "returns",
    metadata,
    identity(),
    of_order(),
    Column("pieces", JSONB, nullable=False),
    words("reason"),
    instant("requested_at"),
    words("state"),
    Column("restocked", Boolean),
    Column("refund_id", Uuid, ForeignKey("refunds.id")),
    words("note"),
    UniqueConstraint("refund_id"),
    CheckConstraint(
        "jsonb_typeof(pieces) = 'array' AND jsonb_array_length(pieces) >= 1", name="pieces"
    ),
    one_of("state", ReturnState),
    CheckConstraint(
        "(state IN ('accepted', 'refunded')) = (restocked IS NOT NULL)"
        " AND (state <> 'accepted' OR refund_id IS NOT NULL)"
        " AND (refund_id IS NULL OR restocked IS NOT NULL)",
        name="paid_back",
    ),
    Index(None, "order_id"),
)
