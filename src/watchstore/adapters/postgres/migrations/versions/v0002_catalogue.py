"""Brands, watches and offers."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run("v0002_catalogue.sql")


def downgrade() -> None:
    op.execute("DROP TABLE catalogue_state, offers, watches, brands")
