"""Webhooks that were heeded."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run("v0023_notices.sql")


def downgrade() -> None:
    op.execute("DROP TABLE notices")
