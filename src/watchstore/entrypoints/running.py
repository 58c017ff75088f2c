"""`watchstore run`: the whole shop on one machine, from an empty folder to a purchase."""

import os
import secrets
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from watchstore.entrypoints import gateway_note
from watchstore.entrypoints.container import migrate
from watchstore.entrypoints.demo import load_demo
from watchstore.entrypoints.demo.accounts import demo_accounts
from watchstore.entrypoints.embedded import Servers, embedded_servers
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.library import open_shop
from watchstore.entrypoints.publishing import FRONTEND
from watchstore.entrypoints.settings import Settings
from watchstore.entrypoints.supervisor import Child, supervise
from watchstore.service_layer.ports import Unavailable
from watchstore.service_layer.shop import Shop


def run(settings: Settings) -> int:
    """Start everything and stay until Ctrl-C; the process's exit code. Raises StartError."""
    _require_free(settings.host, settings.port)
    with _servers(settings) as servers:
        _migrate(servers.database_url)
        with open_shop(servers.database_url) as shop:
            _load_demo_once(shop, settings.data)
            accounts = demo_accounts(shop, settings.data)
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


def _load_demo_once(shop: Shop, data: Path) -> None:
    """Only the first start loads it: what staff changed since then is theirs."""
    loaded = data / "demo-loaded"
    if not loaded.exists():
        load_demo(shop)
        loaded.touch()


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
    if not gateway and not settings.stripe_secret_key:
        gateway = f"http://127.0.0.1:{_free_port()}"
    mail = settings.mail_folder or settings.data / "mail"
    frontend = settings.frontend
    if frontend is None and FRONTEND.is_dir():
        frontend = settings.data / "storefront"
        frontend.mkdir(parents=True, exist_ok=True)
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
    worker = Child("worker", (*python, "watchstore.entrypoints.cli", "worker"), environ)
    children = [web, worker]
    if settings.frontend is None and environ["FRONTEND"]:
        children.append(_publisher(settings, environ))
    own_gateway = environ["GATEWAY_URL"] and not settings.gateway_url
    return [_gateway(settings, environ), *children] if own_gateway else children


def _publisher(settings: Settings, environ: Mapping[str, str]) -> Child:
    """Ready when the home page is there: it is written first."""
    command = (
        *(sys.executable, "-m", "watchstore.entrypoints.cli"),
        *("publish", "--follow", environ["FRONTEND"]),
    )
    return Child("publisher", command, environ, f"http://{settings.host}:{settings.port}/")


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


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(f"PORT: cannot listen on {host}:{port}: {error.strerror}") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
