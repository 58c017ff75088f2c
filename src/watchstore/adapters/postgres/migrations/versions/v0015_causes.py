"""What made an event happen, for who traces that."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute("ALTER TABLE events ADD COLUMN cause TEXT")


def downgrade() -> None:
    op.execute("ALTER TABLE events DROP COLUMN cause")
