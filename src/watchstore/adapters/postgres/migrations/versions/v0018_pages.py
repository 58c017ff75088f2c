"""Which watches each version of the catalogue changed."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run("v0018_pages.sql")


def downgrade() -> None:
    op.execute("DROP TABLE catalogue_edits")
