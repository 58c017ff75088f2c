"""A table of its own that refers to the orders."""

from alembic import op

revision = "t04"
down_revision = "t03"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE order_notes (id UUID NOT NULL PRIMARY KEY, note TEXT NOT NULL,"
        " order_id UUID NOT NULL REFERENCES orders (id))"
    )
    op.execute("CREATE INDEX order_notes_order_id_idx ON order_notes (order_id)")


def downgrade() -> None:
    op.execute("DROP TABLE order_notes")
