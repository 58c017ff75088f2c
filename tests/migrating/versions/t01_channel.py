"""A column with a default: rows that are there get it without being rewritten."""

from alembic import op
from tests.migrating.chaining import real_head

revision = "t01"
down_revision = real_head()


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD COLUMN channel TEXT DEFAULT 'web' NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE orders DROP COLUMN channel")
