"""One real shop whose processes have fuses; whatever dies is started again, as by a supervisor."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.crash.lab import Lab
from tests.harness.shop import WEBHOOK_SECRET
from tests.harness.stack import (
    WEB,
    Stack,
    free_port,
    process,
    settings,
    wait_until_ready,
)
from tests.support.gateway_process import SOURCES, GatewayProcess

from watchstore.entrypoints.library import open_shop

ROOT = Path(__file__).parents[2]
FUSED_WEB = (*WEB, "tests.harness.crashing:wsgi()")
FUSED_WORKER = (sys.executable, "-m", "tests.harness.crashing")


class Worker:
    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self._folder, self._environ = folder, environ
        self._process: subprocess.Popen[bytes] | None = None
        self._stack = ExitStack()

    def revive(self) -> None:
        """Start it, unless it lives."""
        if self._process is None or self._process.poll() is not None:
            started = process(self._folder, "worker", FUSED_WORKER, self._environ)
            self._process = self._stack.enter_context(started)

    def wait(self, seconds: float) -> None:
        assert self._process is not None
        self._process.wait(seconds)

    def stop(self) -> None:
        self._stack.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("crash")
    with ExitStack() as stack:
        gateway = stack.enter_context(GatewayProcess(folder / "gateway.sqlite", "--withhold", "0"))
        url = f"http://127.0.0.1:{free_port()}"
        given = settings(folder, database_url, "", gateway.url, url)
        given["GATEWAY_SECRET"] = WEBHOOK_SECRET
        given["PYTHONPATH"] = f"{SOURCES}:{ROOT}"
        plans = {name: folder / f"{name}.plan" for name in ("web", "worker")}
        environs = {name: {**given, "CRASH_PLAN": str(plan)} for name, plan in plans.items()}
        web = stack.enter_context(process(folder, "web", FUSED_WEB, environs["web"]))
        worker = Worker(folder, environs["worker"])
        stack.callback(worker.stop)
        worker.revive()
        wait_until_ready(url, web)
        shop = stack.enter_context(open_shop(database_url, gateway_url=gateway.url))
        running = Stack(url, database_url, "", gateway.url, folder, web)
        yield Lab(running, shop, plans, worker)
