"""Checkouts, vouchers, and what an order says of discount and tax."""

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run("v0022_selling.sql")


def downgrade() -> None:
    run("v0022_selling_back.sql")
