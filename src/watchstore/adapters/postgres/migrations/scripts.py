"""Revisions are plain SQL: what runs in production is what a reviewer reads."""

from pathlib import Path

from alembic import op


def run(name: str) -> None:
    script = (Path(__file__).parent / "versions" / name).read_text()
    op.get_bind().exec_driver_sql(script.replace("%", "%%"))  # the driver's escape, not SQL's
