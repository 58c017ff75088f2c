"""Webhooks that were heeded."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run("v0022_notices.sql")


def downgrade() -> None:
    op.execute("DROP TABLE notices")
