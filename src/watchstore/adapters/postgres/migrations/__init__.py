"""Schema migrations, run by `migrate(url)`; there is no ini file."""

from watchstore.adapters.postgres.migrations.running import configuration, migrate

__all__ = ["configuration", "migrate"]
