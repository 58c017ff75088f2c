"""What Alembic runs: the connection comes from `configuration`, never from a file."""

from alembic import context

from watchstore.adapters.postgres.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
