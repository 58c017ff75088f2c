"""The same check of all rows, while everybody goes on."""

from watchstore.adapters.postgres.migrations.scripts import concurrently

revision = "t07"
down_revision = "t06"


def upgrade() -> None:
    concurrently("ALTER TABLE orders VALIDATE CONSTRAINT orders_remark_check")


def downgrade() -> None:
    """A valid constraint needs no other words than one that is not."""
