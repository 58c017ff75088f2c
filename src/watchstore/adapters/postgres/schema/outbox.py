"""What happened, numbered per aggregate, and which consumer still has to be told."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import instant, is_json, metadata, whole, words

events = Table(
    "events",
    metadata,
    Column("id", Uuid, primary_key=True, server_default=func.gen_random_uuid()),
    Column("aggregate", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    words("name"),
    whole("version"),
    Column("payload", JSONB, nullable=False),
    instant("recorded_at", server_default=func.clock_timestamp()),
    Column("cause", Text),
    UniqueConstraint("aggregate", "seq"),
    CheckConstraint("seq >= 1 AND version >= 1", name="numbers"),
    is_json("payload", "object"),
    Index(None, "recorded_at"),
)

_OPEN = text("delivered_at IS NULL")

# Almost every row is delivered; both ways a worker looks for work see the open ones only.
deliveries = Table(
    "deliveries",
    metadata,
    Column("event_id", Uuid, ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    words("consumer"),
    Column("aggregate", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    instant("not_before"),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("token", BigInteger, nullable=False, server_default=text("0")),
    instant("leased_until", null=True),
    instant("delivered_at", null=True),
    instant("parked_at", null=True),
    Column("error", Text),
    PrimaryKeyConstraint("event_id", "consumer"),
    CheckConstraint("consumer <> ''", name="consumer"),
    CheckConstraint("delivered_at IS NULL OR parked_at IS NULL", name="outcome"),
    Index(
        "deliveries_due_idx",
        "not_before",
        postgresql_where=text("delivered_at IS NULL AND parked_at IS NULL"),
    ),
    Index("deliveries_parked_idx", "parked_at", postgresql_where=text("parked_at IS NOT NULL")),
    Index("deliveries_stream_idx", "aggregate", "consumer", "seq", postgresql_where=_OPEN),
)
