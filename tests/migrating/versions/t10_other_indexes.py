"""One index comes and another goes."""

from watchstore.adapters.postgres.migrations.scripts import concurrently

revision = "t10"
down_revision = "t09"


def upgrade() -> None:
    concurrently(
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS pieces_sold_at_idx ON pieces (sold_at)",
        "DROP INDEX CONCURRENTLY IF EXISTS orders_by_channel_idx",
    )


def downgrade() -> None:
    concurrently(
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_by_channel_idx"
        " ON orders (channel, placed_at)",
        "DROP INDEX CONCURRENTLY IF EXISTS pieces_sold_at_idx",
    )
