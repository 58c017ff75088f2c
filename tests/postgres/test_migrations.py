"""The migrations make exactly what the tables in Python say, and can be taken back."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool
from tests.harness.databases import drop_database

from watchstore.adapters.postgres import migrate
from watchstore.adapters.postgres.migrations import configuration
from watchstore.adapters.postgres.schema import metadata

# What Alembic's own comparison leaves out: checks, and the conditions of partial indexes.
_DETAILS = text("""
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype <> 't'
      AND conrelid <> coalesce(to_regclass('alembic_version'), 0)
    UNION ALL
    SELECT tablename, indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    UNION ALL
    SELECT table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    ORDER BY 1, 2, 3
""")
_EVERYTHING = text("""
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relname NOT LIKE 'alembic_version%'
    UNION ALL
    SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public'
""")


@pytest.fixture
def empty_url(servers) -> Iterator[str]:
    name = f"empty_{uuid4().hex}"
    url = make_url(servers.database_url)
    server = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    yield url.set(database=name).render_as_string(hide_password=False)
    drop_database(servers.database_url, name)


@pytest.fixture
def empty(empty_url) -> Iterator[Connection]:
    with create_engine(empty_url, poolclass=NullPool).connect() as connection:
        yield connection


@pytest.fixture
def migrated(database_url) -> Iterator[Connection]:
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        yield connection


def test_alembic_sees_no_difference(migrated):
    assert compare_metadata(MigrationContext.configure(migrated), metadata) == []


def test_every_constraint_index_and_column_is_the_same(migrated, empty):
    metadata.create_all(empty)
    assert migrated.execute(_DETAILS).all() == empty.execute(_DETAILS).all()


def test_migrating_twice_changes_nothing(database_url, migrated):
    before = migrated.execute(_DETAILS).all()
    migrate(database_url)
    assert migrated.execute(_DETAILS).all() == before


def test_every_revision_can_be_taken_back_and_made_again(empty_url, empty):
    migrate(empty_url)
    made = empty.execute(_DETAILS).all()
    empty.rollback()
    command.downgrade(configuration(empty), "base")
    assert empty.execute(_EVERYTHING).scalars().all() == [0, 0]
    empty.rollback()
    for _ in ScriptDirectory.from_config(configuration(empty)).walk_revisions():
        command.upgrade(configuration(empty), "+1")
        command.downgrade(configuration(empty), "-1")
        command.upgrade(configuration(empty), "+1")
    assert empty.execute(_DETAILS).all() == made
