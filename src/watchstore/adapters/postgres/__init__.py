"""PostgreSQL through SQLAlchemy Core and psycopg2: what the shop keeps, for good."""

from watchstore.adapters.postgres.migrations import migrate
from watchstore.adapters.postgres.storage import PostgresStorage

__all__ = ["PostgresStorage", "migrate"]
