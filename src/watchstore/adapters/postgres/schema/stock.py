"""Pieces: one row is one physical watch, so it has one taker at most.

Triggers in the migrations refuse what a CHECK cannot see: that a piece moves from one order to
another, or leaves an order without being cancelled or returned.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from watchstore.adapters.postgres.schema.columns import identity, instant, metadata, words

pieces = Table(
    "pieces",
    metadata,
    identity(),
    Column("offer_id", Uuid, nullable=False),
    words("brand"),
    instant("received_at"),
    Column("serial", Text),
    Column("box", Boolean, nullable=False),
    Column("papers", Boolean, nullable=False),
    Column("hold_id", Uuid),
    instant("hold_until", null=True),
    Column("order_id", Uuid, ForeignKey("orders.id")),
    instant("sold_at", null=True),
    instant("withdrawn_at", null=True),
    ForeignKeyConstraint(["offer_id", "brand"], ["offers.id", "offers.brand"]),
    UniqueConstraint("brand", "serial"),
    CheckConstraint("(hold_id IS NULL) = (hold_until IS NULL)", name="hold"),
    CheckConstraint("hold_id IS NULL OR order_id IS NULL", name="one_claim"),
    CheckConstraint("sold_at IS NULL OR order_id IS NOT NULL", name="sold_to_an_order"),
    CheckConstraint(
        "withdrawn_at IS NULL OR (order_id IS NULL AND hold_id IS NULL)", name="withdrawn"
    ),
    Index(None, "offer_id"),
    Index("pieces_free_idx", "offer_id", "id", postgresql_where=text("order_id IS NULL")),
    Index("pieces_order_id_idx", "order_id", postgresql_where=text("order_id IS NOT NULL")),
    Index("pieces_hold_id_idx", "hold_id", postgresql_where=text("hold_id IS NOT NULL")),
)
