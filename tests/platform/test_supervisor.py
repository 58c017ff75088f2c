"""Children that come up in order, go down in reverse and never stay behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys
from watchstore.entrypoints.supervisor import Child, supervise
python = sys.executable
children = [{children}]
sys.exit(supervise(children, grace_seconds={grace}, on_ready=lambda: print("ready", flush=True)))
"""
SERVER = """
import http.server, os, signal, sys
def note(word):
    with open(sys.argv[1], "a") as out:
        out.write(f"{word} {sys.argv[2]} {os.getpid()}\\n")
def leave(signum, frame):
    note("stop")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[3])), Handler)
note("start")
server.serve_forever()
"""
STUBBORN = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
inner = os.fork()
with open(sys.argv[1], "a") as out:
    out.write(f"start {'inner' if inner == 0 else 'outer'} {os.getpid()}\\n")
while True:
    signal.pause()
"""


class Shop:
    """A supervisor in a process of its own, and the diary its children write."""

    def __init__(self, folder: Path) -> None:
        self.diary = folder / "diary"
        self.diary.touch()
        self.server, self.stubborn = folder / "server.py", folder / "stubborn.py"
        self.server.write_text(SERVER)
        self.stubborn.write_text(STUBBORN)
        self.ports: list[int] = []

    def serving(self, name: str) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.ports.append(probe.getsockname()[1])
        port = self.ports[-1]
        return (
            f"Child({name!r}, [python, {str(self.server)!r}, {str(self.diary)!r}, {name!r}, "
            f"'{port}'], ready_url='http://127.0.0.1:{port}/')"
        )

    def running(self, code: str, **options: int) -> str:
        return f"Child('tiny', [python, '-c', {code!r}], **{options!r})"

    def start(self, *children: str, grace: float = 5.0) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", PARENT.format(children=", ".join(children), grace=grace)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def events(self) -> list[list[str]]:
        return [line.split() for line in self.diary.read_text().splitlines()]

    def started(self, count: int) -> list[psutil.Process]:
        """As processes(), for children that nobody polls: wait until so many wrote their line."""
        end = time.monotonic() + 10
        while len(self.processes()) < count and time.monotonic() < end:
            time.sleep(0.01)
        assert len(self.processes()) == count
        return self.processes()

    def processes(self) -> list[psutil.Process]:
        return [psutil.Process(int(pid)) for word, _, pid in self.events() if word == "start"]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def wait_for(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == line, process.communicate()


def assert_gone(processes: list[psutil.Process]) -> None:
    assert processes
    _, alive = psutil.wait_procs(processes, timeout=10)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def assert_free(ports: list[int]) -> None:
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_in_reverse_order(shop: Shop, signum: signal.Signals) -> None:
    parent = shop.start(shop.serving("worker"), shop.serving("web"))
    wait_for(parent, "ready")
    processes = shop.processes()
    parent.send_signal(signum)
    assert parent.communicate(timeout=10) == ("", "")
    assert parent.returncode == 0
    assert [event[:2] for event in shop.events()] == [
        ["start", "worker"],
        ["start", "web"],
        ["stop", "web"],
        ["stop", "worker"],
    ]
    assert_gone(processes)
    assert_free(shop.ports)


def test_a_killed_supervisor_leaves_no_child(shop: Shop) -> None:
    parent = shop.start(shop.serving("worker"), shop.serving("web"))
    wait_for(parent, "ready")
    processes = shop.processes()
    parent.kill()
    parent.communicate(timeout=10)
    assert_gone(processes)
    assert_free(shop.ports)


def test_a_child_that_dies_is_started_again(shop: Shop) -> None:
    parent = shop.start(shop.serving("web"))
    wait_for(parent, "ready")
    (first,) = shop.processes()
    first.kill()
    assert parent.stderr is not None
    assert parent.stderr.readline() == "watchstore: web died (SIGKILL); restarting it\n"
    parent.send_signal(signal.SIGTERM)
    parent.communicate(timeout=10)
    assert parent.returncode == 0
    assert_free(shop.ports)


def test_a_child_that_keeps_dying_is_given_up_and_takes_all_along(shop: Shop) -> None:
    parent = shop.start(shop.serving("web"), shop.running("raise SystemExit(3)", restarts=2))
    _, errors = parent.communicate(timeout=20)
    assert parent.returncode == 1
    assert errors.splitlines() == [
        "watchstore: tiny died (exit 3); restarting it",
        "watchstore: tiny died (exit 3); restarting it",
        "watchstore: tiny died (exit 3) and is given up",
    ]
    assert [event[:2] for event in shop.events()] == [["start", "web"], ["stop", "web"]]


def test_a_child_that_dies_before_it_is_ready_is_one_line(shop: Shop) -> None:
    child = "Child('web', [python, '-c', 'raise SystemExit(4)'], ready_url='http://127.0.0.1:9/')"
    _, errors = (parent := shop.start(child)).communicate(timeout=10)
    assert (parent.returncode, errors) == (1, "watchstore: web died while starting (exit 4)\n")


def test_a_child_that_is_never_ready_is_one_line(shop: Shop) -> None:
    child = (
        "Child('web', [python, '-c', 'import time; time.sleep(60)'], "
        "ready_url='http://127.0.0.1:9/', ready_seconds=0.3)"
    )
    _, errors = (parent := shop.start(child)).communicate(timeout=10)
    assert (parent.returncode, errors) == (1, "watchstore: web was not ready within 0.3 s\n")


def test_a_command_that_does_not_exist_is_one_line(shop: Shop) -> None:
    _, errors = (parent := shop.start("Child('web', ['/nowhere/web'])")).communicate(timeout=10)
    assert parent.returncode == 1
    assert errors.startswith("watchstore: web can't be started: ")
    assert len(errors.splitlines()) == 1


def test_a_child_that_will_not_stop_is_killed_with_its_offspring(shop: Shop) -> None:
    stubborn = f"Child('stubborn', [python, {str(shop.stubborn)!r}, {str(shop.diary)!r}])"
    parent = shop.start(stubborn, shop.serving("web"), grace=0.3)
    wait_for(parent, "ready")
    processes = shop.started(3)
    parent.send_signal(signal.SIGTERM)
    parent.communicate(timeout=10)
    assert parent.returncode == 0
    assert_gone(processes)
