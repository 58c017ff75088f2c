"""After the sale: parcels, delivery, returns, pieces that are withdrawn from sale."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run("v0009_afterwards.sql")


def downgrade() -> None:
    run("v0009_afterwards_back.sql")
    op.execute("DROP TABLE returns")
