"""The embedded servers: any folder, any end, data kept and nothing left running."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from watchstore.entrypoints.embedded import (
    EmbeddedServerError,
    Servers,
    embedded_postgres,
    embedded_redis,
    embedded_servers,
    find_servers,
)
from watchstore.entrypoints.embedded.account import Account, account_for, open_tree

ROOT = Path(__file__).resolve().parents[2]
OWNER = """
import sys
from pathlib import Path
from watchstore.entrypoints.embedded import embedded_servers
with embedded_servers(Path(sys.argv[1])) as servers:
    print(servers.database_url, servers.redis_url, flush=True)
    sys.stdin.read()
"""


def ask(url: str, statement: str) -> object:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.execute(text(statement))
        return result.scalar_one() if result.returns_rows else None


def pids_of(servers: Servers) -> tuple[psutil.Process, psutil.Process]:
    postmaster = "SELECT pg_read_file('postmaster.pid')"
    postgres = int(str(ask(servers.database_url, postmaster)).split()[0])
    with Redis.from_url(servers.redis_url) as client:
        return psutil.Process(postgres), psutil.Process(client.info()["process_id"])


def is_gone(process: psutil.Process) -> bool:
    """A zombie counts as gone: only init, which adopted it, can reap it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@contextmanager
def owner_of(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], Servers]]:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, data],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield process, Servers(*process.stdout.readline().decode().split())
    finally:
        process.kill()
        process.communicate()


def test_data_survives_and_nothing_runs_on(tmp_path: Path) -> None:
    with embedded_servers(tmp_path) as servers:
        processes = pids_of(servers)
        ask(servers.database_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        assert find_servers(tmp_path) == servers
    assert all(is_gone(process) for process in processes)
    assert find_servers(tmp_path) is None
    assert not (tmp_path / "socket").exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", make_url(servers.redis_url).port or 0))
    with embedded_servers(tmp_path) as servers:
        assert ask(servers.database_url, "SELECT answer FROM kept") == 42


def test_the_servers_are_as_the_shop_needs_them(tmp_path: Path) -> None:
    with embedded_servers(tmp_path) as servers:
        wanted = {
            "server_version_num": "18",
            "max_connections": "200",
            "fsync": "on",
            "log_lock_waits": "on",
            "listen_addresses": "",
            "TimeZone": "UTC",
        }
        for name, value in wanted.items():
            assert str(ask(servers.database_url, f"SHOW {name}")).startswith(value)
        assert ask(servers.database_url, "SELECT lower('ÀÉ')") == "àé"
        with Redis.from_url(servers.redis_url) as client:
            assert client.config_get("save") == {"save": ""}
            assert client.config_get("appendonly") == {"appendonly": "no"}


def test_server_options_reach_postgres(tmp_path: Path) -> None:
    with embedded_postgres(tmp_path, options={"fsync": "off"}) as url:
        assert ask(url, "SHOW fsync") == "off"


def test_redis_refuses_a_stranger_on_the_machine(tmp_path: Path) -> None:
    with embedded_redis(tmp_path) as url:
        anonymous = make_url(url).set(username=None, password=None).render_as_string()
        with Redis.from_url(anonymous) as client, pytest.raises(AuthenticationError):
            client.ping()


def test_a_killed_owner_takes_its_servers_along_and_keeps_its_data(tmp_path: Path) -> None:
    with owner_of(tmp_path) as (owner, servers):
        ask(servers.database_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        processes = pids_of(servers)
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        with embedded_servers(tmp_path) as again:
            assert all(is_gone(process) for process in processes)
            assert ask(again.database_url, "SELECT answer FROM kept") == 42


def test_power_loss_is_recovered_from(tmp_path: Path) -> None:
    with owner_of(tmp_path) as (owner, servers):
        ask(servers.database_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        for process in (*pids_of(servers), owner):
            process.send_signal(signal.SIGKILL)
        owner.wait()
        with embedded_servers(tmp_path) as again:
            assert ask(again.database_url, "SELECT answer FROM kept") == 42


def test_a_stale_pid_that_now_belongs_to_a_stranger_is_ignored(tmp_path: Path) -> None:
    pid_file = tmp_path / "postgres" / "postmaster.pid"
    with embedded_servers(tmp_path):
        lines = pid_file.read_text().splitlines()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        (tmp_path / "redis" / "redis.json").write_text(f'[{stranger.pid}, "redis://"]')
        with embedded_servers(tmp_path) as servers:
            assert ask(servers.database_url, "SELECT 1") == 1
        assert stranger.poll() is None


def test_a_second_shop_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with (
        embedded_servers(tmp_path),
        pytest.raises(EmbeddedServerError, match="another shop is running"),
        embedded_servers(tmp_path),
    ):
        pass


def test_an_interrupted_initdb_is_started_over(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with embedded_postgres(tmp_path) as url:
        assert ask(url, "SELECT 1") == 1
    assert not half.exists()


def test_another_major_version_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with (
        pytest.raises(EmbeddedServerError, match="made by PostgreSQL 16, not 18") as refused,
        embedded_postgres(tmp_path),
    ):
        pass
    assert len(str(refused.value).splitlines()) == 1


def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    with (
        pytest.raises(EmbeddedServerError, match=r"postgres\.log"),
        embedded_postgres(tmp_path, options={"max_connections": "none"}),
    ):
        pass
    assert "max_connections" in (tmp_path / "postgres.log").read_text()


@pytest.mark.parametrize("name", ["d" * 100, "with space, 'quote' & é"])
def test_long_and_odd_paths_work(tmp_path: Path, name: str) -> None:
    with embedded_servers(tmp_path / name) as servers:
        assert ask(servers.database_url, "SELECT 1") == 1
        sockets = make_url(servers.database_url).query["host"]
    assert not Path(str(sockets)).exists()


def test_a_long_temporary_folder_works_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with embedded_postgres(tmp_path / ("d" * 100)) as url:
        assert ask(url, "SELECT 1") == 1
    assert not list(tmp_path.glob("watchstore-socket-*"))


def test_a_missing_redis_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedServerError, match="install redis-server"), embedded_redis(tmp_path):
        pass


def test_a_folder_that_only_its_owner_may_enter_works_and_stays_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with embedded_servers(closed / "data") as servers:
        assert ask(servers.database_url, "CREATE TABLE t AS SELECT 1 AS one") is None
        postgres, _ = pids_of(servers)
        assert postgres.uids().effective != 0
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_programs_that_only_root_may_reach_are_opened_to_their_group_alone(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    install = closed / "venv" / "pginstall"
    install.mkdir(parents=True)
    closed.chmod(0o700)
    account = account_for(install)
    if os.geteuid() == 0:
        assert stat.S_IMODE(closed.stat().st_mode) == 0o710
        assert closed.stat().st_gid in (account.groups or ())
    else:
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert account == Account()


def test_programs_installed_under_a_strict_umask_can_be_run(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "postgres"
    program.parent.mkdir(mode=0o700)
    program.touch(mode=0o700)
    open_tree(tmp_path / "bin", Account(user=1, group=1))
    assert stat.S_IMODE(program.stat().st_mode) == 0o755
