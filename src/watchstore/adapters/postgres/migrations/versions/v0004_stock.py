"""Pieces, and the triggers that keep each with one taker."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run("v0004_stock.sql")


def downgrade() -> None:
    op.execute("DROP TABLE pieces")
    op.execute("DROP FUNCTION require_no_pieces CASCADE")
    op.execute("DROP FUNCTION require_cancelled_order")
