"""Refunds, and how much of a payment they are."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run("v0008_refunds.sql")


def downgrade() -> None:
    op.execute("DROP TABLE refunds")
    op.execute("DROP FUNCTION require_same_sum")
    op.execute("ALTER TABLE payments DROP COLUMN refunded")
