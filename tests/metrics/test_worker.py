"""The worker's listener: a port of its own, or one line that says which is taken."""

import socket
import subprocess
import sys

import pytest
from tests.harness.stack import free_port, settings

from watchstore.entrypoints import running
from watchstore.entrypoints.settings import load_settings


@pytest.mark.parametrize("command", ["worker", "run"])
def test_a_port_that_is_taken_is_named(command, database_url, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environ = settings(tmp_path, database_url, "", "", f"http://127.0.0.1:{free_port()}")
        done = subprocess.run(
            [sys.executable, "-m", "watchstore.entrypoints.cli", command],
            env={**environ, "METRICS_PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    fault = f"watchstore: METRICS_PORT: cannot listen on 127.0.0.1:{port}: Address already in use\n"
    assert (done.returncode, done.stderr) == (2, fault)


def test_run_gives_the_worker_the_next_port(tmp_path):
    chosen = load_settings({"METRICS_PORT": "9000", "GATEWAY_URL": "http://127.0.0.1:1"})
    environ = {"METRICS_PORT": "9000", "FRONTEND": "", "GATEWAY_URL": chosen.gateway_url}
    ports = {child.name: child.env["METRICS_PORT"] for child in running._children(chosen, environ)}
    assert ports == {"web": "9000", "worker": "9001"}
