"""docker-compose.yml, brought up service by service as its own conditions say.

podman-compose waits for nobody's health here, since podman 4.3 asks only where systemd runs.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

import yaml

from engine import ROOT, environment, is_healthy, logs, podman

PROJECT: Final = "watchstore-test"
FILE: Final = ROOT / "docker-compose.yml"
PATIENCE: Final = 120.0
FRESH: Final = 3  # seconds the catalogue's answers are; shown for six times as long while renewed


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
    return found


def in_order(found: dict[str, Any]) -> Iterator[str]:
    """Names of the services, each after what it depends on."""
    left = dict(found)
    while left:
        ready = [name for name, one in left.items() if not left.keys() & one.get("depends_on", {})]
        assert ready, f"these depend on each other: {sorted(left)}"
        for name in ready:
            del left[name]
            yield name


class Compose:
    def __init__(self, image: str) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = {
            "SHOP_IMAGE": image,
            "SHOP_PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "CACHE_SECONDS": str(FRESH),
        }
        self.took: dict[str, float] = {}

    def up(self) -> None:
        found = services()
        for name in in_order(found):
            started = time.monotonic()
            for other, how in found[name].get("depends_on", {}).items():
                self._wait(other, how["condition"])
            self("up", "--detach", "--no-build", "--no-deps", name)
            self.took[name] = time.monotonic() - started
        self._wait("web", "service_healthy")

    def took_longest(self) -> str:
        slowest = sorted(self.took.items(), key=lambda item: -item[1])[:3]
        return ", ".join(f"{name} {seconds:.0f} s" for name, seconds in slowest)

    def down(self) -> None:
        podman("stop", "--all", "--time=20")  # all at once; compose takes one after the other
        self("down", "--volumes")

    def containers(self, service: str) -> list[str]:
        labels = (f"io.podman.compose.project={PROJECT}", f"com.docker.compose.service={service}")
        filters = [f"--filter=label={label}" for label in labels]
        return sorted(podman("ps", "--all", "--format={{.Names}}", *filters).split())

    def start(self, service: str) -> None:
        podman("start", *self.containers(service))
        self._wait(service, "service_healthy")

    def stop(self, service: str) -> None:
        podman("stop", "--time=20", *self.containers(service))

    def run_in(self, service: str, *words: str, fails: bool = False) -> str:
        return podman("exec", self.containers(service)[0], *words, fails=fails)

    def _wait(self, service: str, condition: str) -> None:
        for container in self.containers(service):
            if condition == "service_completed_successfully":
                code = podman("wait", container)
                assert code == "0", f"{service} ended with {code}:\n{logs(container)}"
            else:
                self._wait_healthy(container)

    def _wait_healthy(self, container: str) -> None:
        end = time.monotonic() + PATIENCE
        while not is_healthy(container):
            assert time.monotonic() < end, f"{container}:\n{logs(container)}"
            time.sleep(0.2)

    def __call__(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "podman_compose", "--project-name", PROJECT, *words],
            cwd=ROOT,
            env=environment() | self._settings,
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
