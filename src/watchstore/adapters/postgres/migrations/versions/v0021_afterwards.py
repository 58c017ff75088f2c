"""After the sale: parcels, delivery, returns, pieces that are withdrawn from sale."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run("v0021_afterwards.sql")


def downgrade() -> None:
    run("v0021_afterwards_back.sql")
    op.execute("DROP TABLE returns")
