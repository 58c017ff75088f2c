"""`watchstore run`: the whole shop on one machine, from an empty folder to a purchase."""

import os
import secrets
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from watchstore.entrypoints import gateway_note
from watchstore.entrypoints.container import migrate
from watchstore.entrypoints.demo import open_demo
from watchstore.entrypoints.embedded import Servers, embedded_servers
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.library import open_shop
from watchstore.entrypoints.publishing.site import FRONTEND
from watchstore.entrypoints.settings import Settings
from watchstore.entrypoints.supervisor import Child, supervise
from watchstore.service_layer.ports import Unavailable


def run(settings: Settings) -> int:
    """Start everything and stay until Ctrl-C; the process's exit code. Raises StartError."""
    _require_free("PORT", settings.host, settings.port)
    for port in _metrics_ports(settings):
        _require_free("METRICS_PORT", settings.host, port)
    with _servers(settings) as servers:
        _migrate(servers.database_url)
        with open_shop(servers.database_url) as shop:
            accounts = open_demo(shop, settings.data)
        environ = _environ(settings, servers)
        gateway_note.leave(settings.data, environ["GATEWAY_URL"])

        def announce() -> None:
            print(f"\n  watchstore is open: {settings.public_url}\n")  # noqa: T201
            for line in accounts:
                print(f"  {line}")  # noqa: T201
            print("\n  Ctrl-C closes it.\n", flush=True)  # noqa: T201

        return supervise(_children(settings, environ), on_ready=announce)


def _migrate(url: str) -> None:
    try:
        migrate(url)
    except Unavailable as away:
        raise StartError(f"DATABASE_URL: {away}") from away


@contextmanager
def _servers(settings: Settings) -> Iterator[Servers]:
    """The servers the settings name; embedded ones where they name none."""
    if settings.database_url:
        yield Servers(settings.database_url, settings.redis_url)
        return
    with embedded_servers(settings.data) as servers:
        yield Servers(servers.database_url, settings.redis_url or servers.redis_url)


def _environ(settings: Settings, servers: Servers) -> dict[str, str]:
    gateway = settings.gateway_url
    if _has_own_gateway(settings):
        gateway = f"http://127.0.0.1:{_free_port()}"
    mail = settings.mail_folder or settings.data / "mail"
    frontend, publish_to = settings.frontend, settings.publish_to
    if frontend is None and FRONTEND.is_dir():
        frontend = settings.data / "storefront"
        frontend.mkdir(parents=True, exist_ok=True)
        publish_to = publish_to or str(frontend)
    return {
        **os.environ,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "GATEWAY_URL": gateway,
        "GATEWAY_SECRET": settings.gateway_secret or secrets.token_hex(32),
        "PUBLIC_URL": settings.public_url,
        "DATA": str(settings.data),
        "MAIL_FOLDER": str(mail),
        "FRONTEND": str(frontend or ""),
        "PUBLISH_TO": publish_to,
    }


def _children(settings: Settings, environ: Mapping[str, str]) -> list[Child]:
    python = (sys.executable, "-m")
    ready = f"http://{settings.host}:{settings.port}/api/v1/health/ready"
    web = Child(
        "web",
        (*python, "gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf"),
        environ,
        ready,
    )
    children = [web, _worker(settings, environ)]
    return [_gateway(settings, environ), *children] if _has_own_gateway(settings) else children


def _has_own_gateway(settings: Settings) -> bool:
    return not settings.gateway_url and not settings.stripe_secret_key


def _worker(settings: Settings, environ: Mapping[str, str]) -> Child:
    """Where it publishes for the web process, ready when the home page is there."""
    command = (sys.executable, "-m", "watchstore.entrypoints.cli", "worker")
    _, port = _metrics_ports(settings) or ("", "")
    own = {**environ, "METRICS_PORT": str(port)}
    home = f"http://{settings.host}:{settings.port}/"
    serves = environ["FRONTEND"] and environ["PUBLISH_TO"] == environ["FRONTEND"]
    return Child("worker", command, own, home if serves else None, ready_seconds=60)


def _gateway(settings: Settings, environ: Mapping[str, str]) -> Child:
    url = environ["GATEWAY_URL"]
    command = (
        sys.executable,
        "-m",
        "watchstore.entrypoints.testgateway",
        "--port",
        url.rpartition(":")[2],
        "--ledger",
        str(settings.data / "gateway.sqlite"),
        "--webhook-url",
        f"http://{settings.host}:{settings.port}/api/v1/payments/webhooks/test",
        "--webhook-secret",
        environ["GATEWAY_SECRET"],
    )
    return Child("gateway", command, environ, f"{url}/health")


def _metrics_ports(settings: Settings) -> tuple[int, ...]:
    """Of the web processes, and the next one of the worker."""
    port = settings.metrics_port
    return () if port is None else (port, port + 1)


def _require_free(name: str, host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(f"{name}: cannot listen on {host}:{port}: {error.strerror}") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
