"""The check of 0019, of every row."""

from watchstore.adapters.postgres.migrations.scripts import concurrently

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    concurrently("ALTER TABLE orders VALIDATE CONSTRAINT orders_left_out_check")


def downgrade() -> None:
    """A constraint that is valid needs no other words than one that is not."""
