"""Which watches each version of the catalogue changed."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run("v0016_pages.sql")


def downgrade() -> None:
    op.execute("DROP TABLE catalogue_edits")
