"""The test gateway as a real process on an ephemeral port."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

import watchstore

SOURCES = Path(watchstore.__file__).parents[1]


def command(ledger: Path, *options: str, port: int = 0) -> list[str]:
    module = "watchstore.entrypoints.testgateway"
    return [sys.executable, "-m", module, "--port", str(port), "--ledger", str(ledger), *options]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCES)}


class GatewayProcess:
    """Started on entry, killed (as by a power cut) on leaving."""

    def __init__(self, ledger: Path, *options: str, port: int = 0) -> None:
        self._process = subprocess.Popen(
            command(ledger, *options, port=port),
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._process.stdout.readline().rpartition(" ")[2].strip()
        if not self.url:
            self.kill()
            raise RuntimeError("the gateway did not start")
        self.port = int(self.url.rpartition(":")[2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def terminate(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=10)
