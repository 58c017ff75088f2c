"""The languages of those who were there before: the checks of 0012, of every row."""

from watchstore.adapters.postgres.migrations.scripts import concurrently

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    concurrently(
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_language_check",
        "ALTER TABLE checkouts VALIDATE CONSTRAINT checkouts_language_check",
        "ALTER TABLE users VALIDATE CONSTRAINT users_language_check",
    )


def downgrade() -> None:
    """A constraint that is valid needs no other words than one that is not."""
