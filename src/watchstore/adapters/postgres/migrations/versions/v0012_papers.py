"""Invoices and credit notes; the language of buyers and accounts."""

from alembic import op

from watchstore.adapters.postgres.migrations.scripts import run

revision = "0012"
down_revision = "0011"
_FUNCTIONS = (
    "refuse_paper_change",
    "require_number_in_turn",
    "require_paper_of_number",
    "require_money_moved",
)


def upgrade() -> None:
    run("v0012_papers.sql")


def downgrade() -> None:
    op.execute("DROP TABLE papers, paper_counters")
    for function in _FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    for table in ("orders", "checkouts", "users"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN language")
