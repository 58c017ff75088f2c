"""Databases that tests make and throw away."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool
from tests.harness.template import prepare


def create_template(server_url: str, name: str) -> None:
    _administer(server_url, f'CREATE DATABASE "{name}"')
    prepare(_named(server_url, name))


def create_empty(server_url: str, name: str) -> str:
    """The URL of a database without any table."""
    _administer(server_url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    return _named(server_url, name)


@contextmanager
def fresh_database(server_url: str, template: str) -> Iterator[str]:
    """A copy of the template, gone afterwards whoever is still connected."""
    name = f"test_{uuid4().hex}"
    _administer(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _named(server_url, name)
    finally:
        drop_database(server_url, name)


def drop_database(server_url: str, name: str) -> None:
    _administer(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _named(server_url: str, name: str) -> str:
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def _administer(server_url: str, statement: str) -> None:
    engine = create_engine(_named(server_url, "postgres"), poolclass=NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
