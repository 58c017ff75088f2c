"""Checkouts, vouchers, and what an order says of discount and tax."""

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run("v0010_selling.sql")


def downgrade() -> None:
    run("v0010_selling_back.sql")
