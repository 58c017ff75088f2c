"""One PostgreSQL and one Redis per pytest run, shared by its workers, started on first use.

The servers belong to a process of their own, the host. Whoever takes part in the run holds a
shared lock on its folder; the host waits for the exclusive one and stops the servers when it gets
it. So they end with the run however it ends: passed, Ctrl-C or kill -9.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.databases import create_template, drop_database

from watchstore.entrypoints.embedded import EmbeddedServerError, Servers, embedded_servers

_ROOT = Path(__file__).resolve().parents[2]
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_START_SECONDS = 60.0
# A migrated template that another run made and keeps, for runs within that run.
TEMPLATE = "WATCHSTORE_TEST_TEMPLATE"
_hosts: list[subprocess.Popen[bytes]] = []  # referenced, or Python warns that they still run


@contextmanager
def taking_part(run: Path) -> Iterator[None]:
    """Keep the run's servers alive for the block; the last one out sees them stopped."""
    with (run / "users").open("a") as users, (run / "host").open("a") as host:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield
        _drop_foreign_template(run)
        fcntl.flock(users, fcntl.LOCK_UN)
        fcntl.flock(host, fcntl.LOCK_EX)  # granted when the host is gone
    for process in _hosts:
        process.wait()
    shutil.rmtree(run, ignore_errors=True)


def shared_servers(run: Path) -> Servers:
    """The servers of this run, with the template database made."""
    with (run / "start").open("a") as start:
        fcntl.flock(start, fcntl.LOCK_EX)
        known = _read(run / "servers.json")
        if known is None:
            known = _given() or _start_host(run)
            if TEMPLATE not in os.environ:
                create_template(known.database_url, template_of(run))
            _write(run / "servers.json", known)
        return known


def template_of(run: Path) -> str:
    return os.environ.get(TEMPLATE) or f"template_{run.name.rpartition('-')[2]}"


def _given() -> Servers | None:
    database_url = os.environ.get("WATCHSTORE_TEST_DATABASE_URL")
    redis_url = os.environ.get("WATCHSTORE_TEST_REDIS_URL")
    if not database_url and not redis_url:
        return None
    if not database_url or not redis_url:
        raise EmbeddedServerError(
            "set both or none of WATCHSTORE_TEST_DATABASE_URL and WATCHSTORE_TEST_REDIS_URL"
        )
    return Servers(database_url, redis_url)


def _drop_foreign_template(run: Path) -> None:
    known = _read(run / "servers.json")
    if TEMPLATE in os.environ:
        return
    if known is not None and not (run / "data").exists():
        drop_database(known.database_url, template_of(run))


def _start_host(run: Path) -> Servers:
    with (run / "host.log").open("ab") as log:
        host = subprocess.Popen(
            [sys.executable, "-m", "tests.harness.servers", str(run)],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT / "src"), str(_ROOT)])},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _hosts.append(host)
    end = time.monotonic() + _START_SECONDS
    while host.poll() is None and time.monotonic() < end:
        known = _read(run / "host.json")
        if known is not None:
            return known
        time.sleep(0.02)
    raise EmbeddedServerError(f"no test servers:\n{(run / 'host.log').read_text()}")


def _host(run: Path) -> None:
    with (run / "users").open("a") as users, (run / "host").open("a") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        with embedded_servers(run / "data", postgres_options=_FAST) as servers:
            _write(run / "host.json", servers)
            fcntl.flock(users, fcntl.LOCK_EX)
        shutil.rmtree(run, ignore_errors=True)


def _read(path: Path) -> Servers | None:
    try:
        return Servers(*json.loads(path.read_text()))
    except FileNotFoundError:
        return None


def _write(path: Path, servers: Servers) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps([servers.database_url, servers.redis_url]))
    draft.rename(path)


if __name__ == "__main__":
    _host(Path(sys.argv[1]))
