"""The listing: one row per published watch."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run("v0006_listing.sql")


def downgrade() -> None:
    op.execute("DROP TABLE listed_watches")
