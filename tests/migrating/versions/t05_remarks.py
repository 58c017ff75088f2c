"""The orders that are there get a remark, some at a time."""

from watchstore.adapters.postgres.migrations.scripts import in_batches

revision = "t05"
down_revision = "t04"


def upgrade() -> None:
    in_batches("orders", "remark = ''", of="remark IS NULL")


def downgrade() -> None:
    """The column goes with the revision that made it."""
