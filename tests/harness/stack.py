"""The real shop for tests: gateway, web and worker as processes, on this run's own servers."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

from tests.support.gateway_process import SOURCES, GatewayProcess

READY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Stack:
    url: str
    database_url: str
    redis_url: str
    gateway_url: str
    folder: Path
    web: subprocess.Popen[bytes]

    @property
    def environ(self) -> dict[str, str]:
        """The settings of these processes, for one more of them."""
        return environ(self)


def environ(stack: Stack) -> dict[str, str]:
    return settings(stack.folder, stack.database_url, stack.redis_url, stack.gateway_url, stack.url)


def settings(
    folder: Path, database_url: str, redis_url: str, gateway_url: str, url: str
) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(SOURCES),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "GATEWAY_URL": gateway_url,
        "PUBLIC_URL": url,
        "PORT": url.rpartition(":")[2],
        "DATA": str(folder),
        "TRUSTED_PROXIES": "1",
        "MAIL_FOLDER": str(folder / "mail"),
    }


@contextmanager
def running_stack(
    folder: Path,
    database_url: str,
    redis_url: str,
    *,
    worker: bool = True,
    frontend: Path | None = None,
    secret: str = "",
) -> Iterator[Stack]:
    """Ready when it is handed over; every process is gone afterwards.

    With a secret the shop takes webhooks, and the gateway hangs up at once on who is timed out.
    """
    with ExitStack() as stack:
        gateway = stack.enter_context(
            GatewayProcess(folder / "gateway.sqlite", "--slow", "1", *_heard(secret))
        )
        url = f"http://127.0.0.1:{free_port()}"
        given = settings(folder, database_url, redis_url, gateway.url, url)
        given["FRONTEND"] = str(frontend or "")
        given["GATEWAY_SECRET"] = secret
        web = stack.enter_context(web_process(folder, given))
        if worker:
            stack.enter_context(process(folder, "worker", WORKER, given))
        wait_until_ready(url, web)
        yield Stack(url, database_url, redis_url, gateway.url, folder, web)


def _heard(secret: str) -> tuple[str, ...]:
    return ("--withhold", "0") if secret else ()


WORKER = (sys.executable, "-m", "watchstore.entrypoints.cli", "worker")
WEB = (sys.executable, "-m", "gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf")


def web_process(folder: Path, given: Mapping[str, str]):
    return process(folder, "web", WEB, given)


@contextmanager
def process(
    folder: Path, name: str, command: tuple[str, ...], given: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / f"{name}.log").open("ab") as log:
        started = subprocess.Popen(command, env=dict(given), stdout=log, stderr=log)
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(10)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def wait_until_ready(url: str, web: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and web.poll() is None:
        try:
            if status_of(url, "/api/v1/health/ready") == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("the web process did not get ready")


def status_of(url: str, path: str) -> int:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
