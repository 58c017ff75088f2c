"""The checks of 0017, of every row."""

from watchstore.adapters.postgres.migrations.scripts import concurrently

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    concurrently(
        "ALTER TABLE payments VALIDATE CONSTRAINT payments_refusals_check",
        "ALTER TABLE returns VALIDATE CONSTRAINT returns_paid_back_check",
    )


def downgrade() -> None:
    """A constraint that is valid needs no other words than one that is not."""
