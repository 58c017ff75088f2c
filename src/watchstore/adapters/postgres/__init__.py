"""PostgreSQL through SQLAlchemy Core and psycopg2: what the shop keeps, for good."""

from watchstore.adapters.postgres.storage import PostgresStorage

__all__ = ["PostgresStorage", "migrate"]


def migrate(url: str) -> None:
    """Upgrade the schema to the newest revision; see `migrations`."""
    # Alembic is half as big as SQLAlchemy, and a process that serves never needs it.
    from watchstore.adapters.postgres.migrations import migrate as upgrade  # noqa: PLC0415

    upgrade(url)
