"""The drill: a shop with sales is saved, brought back on an empty server, and agrees."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.harness.databases import create_empty, drop_database
from tests.harness.goods import Goods
from tests.harness.stack import settings
from tests.support.gateway_process import GatewayProcess
from tests.worker.test_worker import place, watchstore

from watchstore.domain.errors import PaymentDeclined
from watchstore.entrypoints import backup
from watchstore.entrypoints.embedded.postgres import embedded_postgres
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.library import open_shop

_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayProcess]:
    with GatewayProcess(tmp_path / "ledger.db") as running:
        yield running


@pytest.fixture
def environ(own_database_url: str, gateway: GatewayProcess, tmp_path: Path) -> dict[str, str]:
    """Of a shop that has sold, and not sold."""
    with open_shop(own_database_url, gateway_url=gateway.url) as shop:
        offer = Goods(shop).offer(5)
        for _ in range(3):
            place(shop, offer, "tok_accepted")
        with pytest.raises(PaymentDeclined):
            place(shop, offer, "tok_declined")
    return settings(tmp_path, own_database_url, "", gateway.url, "http://127.0.0.1:1")


@pytest.fixture
def saved(environ: dict[str, str], tmp_path: Path) -> Path:
    file = tmp_path / "shop.dump"
    done = watchstore(environ, "backup", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert not [*tmp_path.glob("*.part")]
    return file


@pytest.fixture
def empty_url(servers) -> Iterator[str]:
    name = f"bring_back_{uuid4().hex}"
    yield create_empty(servers.database_url, name)
    drop_database(servers.database_url, name)


def rows(url: str) -> dict[str, list[str]]:
    """Every table, row by row."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return {
            table: sorted(connection.execute(text(f"SELECT t::text FROM {table} t")).scalars())
            for table in connection.execute(_TABLES).scalars()
        }


def test_a_saved_shop_comes_back_on_an_empty_server(environ, saved, tmp_path):
    with embedded_postgres(tmp_path / "server") as url:
        there = {**environ, "DATABASE_URL": url}
        done = watchstore(there, "restore", str(saved))
        assert (done.returncode, done.stderr) == (0, "")
        assert rows(url) == rows(environ["DATABASE_URL"])
        assert len(rows(url)["orders"]) == 4
        assert watchstore(there, "migrate").returncode == 0
        verified = watchstore(there, "verify")
        assert (verified.returncode, verified.stdout) == (0, "Everything agrees.\n")


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def without_its_description(file: Path) -> None:
    file.with_name(f"{file.name}.json").unlink()


def replaced(file: Path) -> None:
    """By something that is no copy of a database, though its checksum is right."""
    file.write_text("no dump")
    description = file.with_name(f"{file.name}.json")
    about = json.loads(description.read_text())
    about["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    description.write_text(json.dumps(about))


@pytest.mark.parametrize("damage", [flipped, cut, without_its_description, replaced])
def test_what_is_damaged_is_refused_in_one_line(environ, saved, empty_url, damage):
    damage(saved)
    done = watchstore({**environ, "DATABASE_URL": empty_url}, "restore", str(saved))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("watchstore: ")
    assert rows(empty_url) == {}


def test_rows_that_are_missing_are_noticed(environ, saved, empty_url):
    description = saved.with_name(f"{saved.name}.json")
    about = json.loads(description.read_text())
    about["rows"]["orders"] += 1
    description.write_text(json.dumps(about))
    done = watchstore({**environ, "DATABASE_URL": empty_url}, "restore", str(saved))
    assert done.returncode == 2
    assert "not restored whole" in done.stderr


def test_a_shop_that_is_there_is_not_overwritten(environ, saved):
    before = rows(environ["DATABASE_URL"])
    done = watchstore(environ, "restore", str(saved))
    assert (done.returncode, done.stderr) == (
        2,
        "watchstore: the database is not empty: restore into a new one\n",
    )
    assert rows(environ["DATABASE_URL"]) == before


def test_a_password_is_in_no_argument(tmp_path, monkeypatch):
    """Programs of the same name note what they are given."""
    noted = tmp_path / "noted"
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" > {noted}\necho "$PGPASSWORD" >> {noted}\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setattr(backup, "_program", lambda _name: str(program))
    with pytest.raises(StartError, match="pg_dump failed: exit 1"):
        backup._run("pg_dump", "postgresql+psycopg2://shop:canary@db/shop")
    arguments, password = noted.read_text().splitlines()
    assert "canary" not in arguments
    assert "postgresql://shop@db/shop" in arguments
    assert password == "canary"
