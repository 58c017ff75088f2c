"""A column that may be empty."""

from alembic import op

revision = "t02"
down_revision = "t01"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD COLUMN remark TEXT")


def downgrade() -> None:
    op.execute("ALTER TABLE orders DROP COLUMN remark")
