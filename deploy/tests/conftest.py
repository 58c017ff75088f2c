"""One image and one shop for all tests; afterwards nothing is left but what speeds the next up."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from tests.harness.browserless import Client

from compose import Compose
from engine import ROOT, forget_run, leftovers, podman, processes
from packages import pip_settings

IMAGE = "localhost/watchstore-test"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _took:
        terminalreporter.write_line(f"containers: {line}")


def pytest_configure() -> None:
    # Told to stop, it takes the shop down first, as on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


_took: list[str] = []


def _note(what: str, started: float) -> None:
    _took.append(f"{what} ({time.monotonic() - started:.0f} s)")


@pytest.fixture(scope="session")
def image() -> Iterator[str]:
    """The Dockerfile, built as `docker build .` does, with this machine's own way to packages."""
    started = time.monotonic()
    with pip_settings() as secrets:
        podman(
            *("build", "--pull-never", "--format=docker", "--network=host", *secrets),
            *("--build-arg=REVISION=tested", f"--tag={IMAGE}", ROOT),
            seconds=600,
        )
    _note("image built", started)
    yield IMAGE
    podman("image", "prune", "--force")
    forget_run()  # the last call of podman


@pytest.fixture(scope="session")
def shop(image: str) -> Iterator[Compose]:
    """The whole docker-compose.yml. Taking it down leaves nothing, which is checked too."""
    started = time.monotonic()
    _clear()
    compose = Compose(image)
    try:
        compose.up()
        _note(f"shop up: {compose.took_longest()}", started)
        yield compose
    finally:
        ending = time.monotonic()
        compose.down()
        _note("shop down", ending)
    found = leftovers()
    assert not any(found.values()), found
    assert not processes()


@pytest.fixture
def visitor(shop: Compose) -> Iterator[Callable[[], Client]]:
    """Makes visitors, each with a connection and cookies of its own."""
    with ExitStack() as open_ones:

        def enter() -> Client:
            client = Client(shop.url)
            open_ones.callback(client.close)
            return client

        yield enter


def _clear() -> None:
    """What a run that was killed left behind."""
    podman("pod", "rm", "--all", "--force")
    podman("rm", "--all", "--force", "--volumes")
    podman("volume", "prune", "--force")
    podman("network", "prune", "--force")
