"""An index on the table that every buyer writes to."""

from watchstore.adapters.postgres.migrations.scripts import concurrently

revision = "t03"
down_revision = "t02"


def upgrade() -> None:
    concurrently(
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_by_channel_idx"
        " ON orders (channel, placed_at)"
    )


def downgrade() -> None:
    concurrently("DROP INDEX CONCURRENTLY IF EXISTS orders_by_channel_idx")
