"""What the worker says of itself while it works."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from watchstore.domain.events import AccountRegistered
from watchstore.entrypoints.library import open_shop
from watchstore.entrypoints.worker import Gauges


@pytest.fixture
def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def waiting(shop, number):
    for _ in range(number):
        with shop.ports.storage.begin() as uow:
            uow.outbox.append(uuid4(), AccountRegistered("somebody"))
            uow.commit()


def test_backlog_is_told_and_measured():
    with open_shop("memory:") as shop, capture_logs() as lines:
        waiting(shop, 3)
        gauges = Gauges()
        gauges.tell(shop)
        gauges.tell(shop)  # a moment later: not again
    assert [(each["event"], each["pending"], each["parked"]) for each in lines] == [
        ("outbox", 3, 0)
    ]
    assert gauges.registry.get_sample_value("outbox_pending") == 3
    assert gauges.registry.get_sample_value("outbox_parked") == 0
    assert gauges.registry.get_sample_value("outbox_oldest_seconds") >= 0


SERVE = """
import sys
from watchstore.entrypoints.library import open_shop
from watchstore.entrypoints.worker import run_worker
with open_shop("memory:") as shop:
    run_worker(shop, ("127.0.0.1", int(sys.argv[1])))
"""


def test_worker_serves_its_figures_and_logs_lines_of_json(free_port):
    command = [sys.executable, "-c", SERVE, str(free_port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        started = json.loads(worker.stdout.readline())
        lines = map(json.loads, worker.stdout)
        told = next(line for line in lines if line["event"] == "outbox")
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/metrics") as answer:
            figures = answer.read().decode()
        worker.send_signal(signal.SIGTERM)
        stopped = [line["event"] for line in lines]
    assert started["event"] == "worker_started"
    assert told.keys() == {"event", "pending", "parked", "oldest_seconds", "timestamp"}
    assert "outbox_pending 0.0" in figures
    assert (stopped[-1], worker.returncode) == ("worker_stopped", 0)
