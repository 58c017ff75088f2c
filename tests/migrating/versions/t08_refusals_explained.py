"""A function that triggers call, made anew."""

from alembic import op

revision = "t08"
down_revision = "t07"

_MADE = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION '% refuses to change % %', TG_NAME, TG_TABLE_NAME, OLD.id"
    " USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME{};"
    " END $$"
)


def upgrade() -> None:
    op.execute(_MADE.format(", HINT = 'See docs/orders.md.'"))


def downgrade() -> None:
    op.execute(_MADE.format(""))
