"""Carts, orders, payments and request keys."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run("v0003_orders.sql")


def downgrade() -> None:
    op.execute("DROP TABLE request_keys, payments, orders, carts")
    op.execute("DROP FUNCTION refuse_change")
