"""What was left out of an order that was sent in part; its pieces leave the order."""

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run("v0019_left_out.sql")


def downgrade() -> None:
    run("v0019_left_out_back.sql")
