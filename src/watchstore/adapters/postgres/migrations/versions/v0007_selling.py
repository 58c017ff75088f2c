"""Checkouts, vouchers, and what an order says of discount and tax."""

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run("v0007_selling.sql")


def downgrade() -> None:
    run("v0007_selling_down.sql")
