"""What an account keeps for itself: addresses, and watches to come back to."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run("v0014_personal.sql")


def downgrade() -> None:
    op.execute("DROP TABLE address_books, wish_lists")
