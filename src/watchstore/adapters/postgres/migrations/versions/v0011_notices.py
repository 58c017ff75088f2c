"""Webhooks that were heeded."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run("v0011_notices.sql")


def downgrade() -> None:
    op.execute("DROP TABLE notices")
