"""Web processes under gunicorn, all configured as the shop's own are."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from signal import SIGTERM

import psutil

from watchstore.entrypoints.children import die_with_parent

_ROOT = Path(__file__).resolve().parents[1]
_READY_SECONDS = 60.0
_CONFIGURATION = "python:watchstore.entrypoints.gunicorn_conf"


@dataclass(frozen=True, slots=True)
class Web:
    name: str
    port: int
    process: subprocess.Popen[bytes]

    def processor_seconds(self) -> float:
        """What this master and its workers have used so far."""
        master = psutil.Process(self.process.pid)
        times = [each.cpu_times() for each in (master, *master.children(recursive=True))]
        return sum(each.user + each.system for each in times)

    def fetch(self, path: str) -> tuple[bytes, str]:
        """The body and the ETag of an answer that is 200."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{self.name}: {path} answered {answer.status}")
        return body, answer.getheader("ETag", "")


@contextmanager
def gunicorn(
    name: str, folder: Path, environ: Mapping[str, str], *, app: str = "", ready: str
) -> Iterator[Web]:
    """Two workers of eight threads; `app` is what to serve instead of the shop."""
    port = free_port()
    given = {**environ, "PORT": str(port), "WEB_WORKERS": "2", "WEB_THREADS": "8"}
    command = [sys.executable, "-m", "gunicorn", "-c", _CONFIGURATION, *([app] if app else [])]
    with running(name, folder, command, given) as process:
        web = Web(name, port, process)
        _wait(web, ready)
        yield web


@contextmanager
def running(
    name: str, folder: Path, command: list[str], environ: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    source = os.pathsep.join([str(_ROOT / "src"), str(_ROOT)])
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environ, "PYTHONPATH": source},
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent(SIGTERM),  # noqa: PLW1509
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def _wait(web: Web, ready: str) -> None:
    end = time.monotonic() + _READY_SECONDS
    while web.process.poll() is None and time.monotonic() < end:
        try:
            web.fetch(ready)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{web.name} did not get ready")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
