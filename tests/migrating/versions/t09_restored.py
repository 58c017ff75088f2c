"""One more value where a check lists them all."""

from alembic import op

revision = "t09"
down_revision = "t08"

_CONDITIONS = "'new', 'unworn', 'mint', 'excellent', 'very_good', 'good', 'pre_owned'"
_LISTED = (
    "ALTER TABLE offers DROP CONSTRAINT offers_condition_check,"
    " ADD CONSTRAINT offers_condition_check CHECK (condition IN ({})) NOT VALID"
)


def upgrade() -> None:
    op.execute(_LISTED.format(f"{_CONDITIONS}, 'restored'"))


def downgrade() -> None:
    op.execute(_LISTED.format(_CONDITIONS))
