"""What workers do now and then; finding dead letters."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run("v0007_duties.sql")


def downgrade() -> None:
    op.execute("DROP INDEX deliveries_parked_idx")
    op.execute("DROP TABLE duties")
