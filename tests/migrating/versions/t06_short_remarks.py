"""A check that is asked of new rows only, for now."""

from alembic import op

revision = "t06"
down_revision = "t05"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE orders ADD CONSTRAINT orders_remark_check"
        " CHECK (length(remark) <= 500) NOT VALID"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE orders DROP CONSTRAINT orders_remark_check")
