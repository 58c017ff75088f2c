"""The test servers themselves: shared, private per module and test, gone after the run."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from redis import Redis
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from watchstore.entrypoints.embedded import Servers

ROOT = Path(__file__).resolve().parents[2]
# Who runs in the background of a script was told to ignore Ctrl-C.
CONFTEST = """
import signal
from tests.conftest import *
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
PROBE = """
import os, time
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

@pytest.mark.parametrize("turn", range(4))
def test_it(database_url, servers, turn):
    with create_engine(database_url).connect() as connection:
        status = connection.execute(text("SELECT pg_read_file('postmaster.pid')")).scalar_one()
        name = connection.execute(text("SELECT current_database()")).scalar_one()
    pid = status.split()[0]
    with open(os.environ["PROBE_OUT"], "a") as out:
        out.write(f"{pid} {name}\\n")
    {then}
"""


def write_probe(folder: Path, then: str = "pass") -> Path:
    (folder / "conftest.py").write_text(CONFTEST)
    probe = folder / "test_probe.py"
    probe.write_text(PROBE.replace("{then}", then))
    return probe


@contextmanager
def run_probe(folder: Path, probe: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", probe, *options],
        cwd=ROOT,
        env={
            **{key: value for key, value in os.environ.items() if "PYTEST" not in key},
            "PROBE_OUT": str(folder / "out"),
            "TMPDIR": str(folder),
        },
        stdout=subprocess.PIPE,
    ) as run:
        try:
            yield run
        finally:
            run.kill()


def seen(folder: Path) -> tuple[set[int], set[str]]:
    lines = [line.split() for line in (folder / "out").read_text().splitlines()]
    return {int(pid) for pid, _ in lines}, {name for _, name in lines}


def test_workers_share_one_server_that_ends_with_the_run(tmp_path: Path) -> None:
    with run_probe(tmp_path, write_probe(tmp_path), "-n", "2", "--dist", "each") as run:
        output, _ = run.communicate(timeout=60)
    assert run.returncode == 0, output.decode()
    pids, databases = seen(tmp_path)
    assert len(pids) == 1
    assert len(databases) == 2
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert not list(tmp_path.glob("watchstore-tests-*"))


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_server(tmp_path: Path, signum: signal.Signals) -> None:
    stay = "print('at it', flush=True); time.sleep(60)"
    with run_probe(tmp_path, write_probe(tmp_path, stay), "-s") as run:
        assert run.stdout is not None
        assert any(b"at it" in line for line in iter(run.stdout.readline, b""))
        (pid,), _ = seen(tmp_path)
        server = psutil.Process(pid)
        run.send_signal(signum)
        run.communicate(timeout=30)
        server.wait(timeout=30)


def test_a_database_is_a_copy_that_may_be_changed(database_url: str) -> None:
    with create_engine(database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE mine (id int)"))
        name = connection.execute(text("SELECT current_database()")).scalar_one()
    assert name.startswith("test_")


@pytest.mark.parametrize("turn", range(2))
def test_each_test_finds_redis_empty(redis_url: str, turn: int) -> None:
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("turn", turn)


def test_the_shared_database_is_not_the_tests_own(servers: Servers, database_url: str) -> None:
    assert servers.database_url != database_url
