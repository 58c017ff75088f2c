"""Events and their deliveries."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run("v0005_outbox.sql")


def downgrade() -> None:
    op.execute("DROP TABLE deliveries, events")
