"""What this run's PostgreSQL wrote into its log."""

import os
from pathlib import Path


def deadlocks() -> int:
    log = Path(os.environ["WATCHSTORE_TEST_RUN"]) / "data" / "postgres.log"
    return log.read_text(errors="replace").count("deadlock detected")
