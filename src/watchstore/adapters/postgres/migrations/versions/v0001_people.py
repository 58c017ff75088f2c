"""Accounts, sessions and tokens."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    run("v0001_people.sql")


def downgrade() -> None:
    op.execute("DROP TABLE tokens, sessions, users")
