"""What every command of the command line needs: the settings, the shop, and a clear refusal."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final, ParamSpec

import click

from watchstore.domain.errors import DomainError
from watchstore.entrypoints import gateway_note
from watchstore.entrypoints.demo import DemoDataMissing
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.settings import Settings, SettingsError, load_settings
from watchstore.service_layer.ports import GatewayUnavailable, Overtaken, Unavailable
from watchstore.service_layer.shop import Shop

if TYPE_CHECKING:
    from watchstore.entrypoints.container import Container
    from watchstore.entrypoints.embedded import Servers

REFUSED: Final = 2
REFUSALS: Final = (
    StartError,
    DemoDataMissing,
    DomainError,
    Unavailable,
    GatewayUnavailable,
    Overtaken,
)
P = ParamSpec("P")


def clearly(command: Callable[P, int | None]) -> Callable[P, None]:
    """One line and exit code 2 instead of a stack trace, for what the caller can mend."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except SettingsError as error:
            for fault in error.faults:
                click.echo(f"watchstore: {fault}", err=True)
            code = REFUSED
        except REFUSALS as error:
            click.echo(f"watchstore: {str(error).partition(chr(10))[0]}", err=True)
            code = REFUSED
        sys.exit(code or 0)

    return run


def settings_given(**more: str) -> Settings:
    """What the environment says, and in front of it what a command was told."""
    return load_settings({**os.environ, **more})


def shop_of(settings: Settings) -> Shop:
    return container_of(settings).shop()


def container_of(settings: Settings) -> "Container":
    """Of the shop the settings name, else the one that `watchstore run` keeps open on DATA."""
    return new_container(located(settings))


def new_container(settings: Settings) -> "Container":
    from watchstore.entrypoints.container import Container  # noqa: PLC0415 - `--help` stays fast

    return Container(settings=settings)


def located(settings: Settings) -> Settings:
    if settings.database_url:
        return settings
    servers = _open_servers(settings.data)
    if servers is None:
        raise StartError(f"DATABASE_URL is not set and no shop is open on {settings.data}")
    gateway = settings.gateway_url or gateway_note.find(settings.data)
    return replace(settings, database_url=servers.database_url, gateway_url=gateway)


def _open_servers(data: Path) -> "Servers | None":
    try:
        from watchstore.entrypoints.embedded import find_servers  # noqa: PLC0415
    except ImportError:  # installed without the extra: nothing can be open here
        return None
    return find_servers(data)
