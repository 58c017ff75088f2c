"""Schema migrations, run by `migrate(url)`; there is no ini file. The rules: docs/operations.md."""

from watchstore.adapters.postgres.migrations.running import (
    configuration,
    migrate,
    migrating,
    patiently,
)

__all__ = ["configuration", "migrate", "migrating", "patiently"]
