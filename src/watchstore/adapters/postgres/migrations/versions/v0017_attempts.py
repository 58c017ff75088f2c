"""How often a payment was refused, and returns for which nothing is left to be paid back."""

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run("v0017_attempts.sql")


def downgrade() -> None:
    run("v0017_attempts_back.sql")
