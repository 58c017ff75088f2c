"""Runs the shop's processes together: ready in order, stopped in reverse, none left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from watchstore.entrypoints.children import die_with_parent

_TICK_SECONDS = 0.05
_PROBE_SECONDS = 2.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # our own, on this machine


class ChildError(Exception):
    """A child died, or never got ready; the message is one line."""


@dataclass(frozen=True, slots=True)
class Child:
    """One process: what to run, when it counts as ready, how often it may be started again."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] | None = None
    ready_url: str | None = None
    ready_seconds: float = 30.0
    restarts: int = 3


@dataclass(slots=True)
class _Running:
    child: Child
    process: subprocess.Popen[bytes]
    restarts_left: int = field(init=False)

    def __post_init__(self) -> None:
        self.restarts_left = self.child.restarts


def supervise(
    children: Sequence[Child],
    *,
    grace_seconds: float = 5.0,
    on_ready: Callable[[], None] = lambda: None,
) -> int:
    """Run the children until a signal ends them (0) or one of them gives up (1).

    Call it from the main thread: signals arrive there, and the kernel ties the children to it.
    """
    running: list[_Running] = []
    with _stop_signals() as asked:
        try:
            for child in children:
                running.append(_Running(child, _spawn(child)))
                _wait_until_ready(running[-1], asked)
            if not asked.is_set():
                on_ready()
            while not asked.wait(_TICK_SECONDS):
                _revive(running)
        except ChildError as error:
            sys.stderr.write(f"watchstore: {error}\n")
            return 1
        finally:
            asked.clear()  # asked again while stopping: don't wait any longer
            _stop_all(running, grace_seconds, asked)
    return 0


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    asked = threading.Event()

    def ask(_signum: int, _frame: FrameType | None) -> None:
        asked.set()

    nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    wanted = [signum for signum in _SIGNALS if not (nohup and signum is signal.SIGHUP)]
    before = {signum: signal.signal(signum, ask) for signum in wanted}
    try:
        yield asked
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def _spawn(child: Child) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603
            list(child.command),
            env=None if child.env is None else dict(child.env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a terminal's Ctrl-C is for us; we stop them in our order
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
    except OSError as error:
        raise ChildError(f"{child.name} can't be started: {error}") from error


def _wait_until_ready(running: _Running, asked: threading.Event) -> None:
    child, url = running.child, running.child.ready_url
    end = time.monotonic() + child.ready_seconds
    while url is not None and not asked.is_set() and not _answers(url):
        if running.process.poll() is not None:
            raise ChildError(f"{child.name} died while starting ({_exit(running)})")
        if time.monotonic() > end:
            raise ChildError(f"{child.name} was not ready within {child.ready_seconds:g} s")
        asked.wait(_TICK_SECONDS)


def _answers(url: str) -> bool:
    try:
        with _DIRECT.open(url, timeout=_PROBE_SECONDS):
            return True
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _revive(running: list[_Running]) -> None:
    for entry in running:
        if entry.process.poll() is None:
            continue
        if entry.restarts_left == 0:
            raise ChildError(f"{entry.child.name} died ({_exit(entry)}) and is given up")
        entry.restarts_left -= 1
        sys.stderr.write(f"watchstore: {entry.child.name} died ({_exit(entry)}); restarting it\n")
        _sweep(entry.process)
        entry.process = _spawn(entry.child)


def _exit(entry: _Running) -> str:
    code = entry.process.returncode
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _stop_all(running: list[_Running], grace_seconds: float, hurry: threading.Event) -> None:
    """Last started, first stopped; the grace is for all of them together."""
    end = time.monotonic() + grace_seconds
    for entry in reversed(running):
        if entry.process.poll() is None:
            entry.process.terminate()
        while entry.process.poll() is None and time.monotonic() < end and not hurry.is_set():
            hurry.wait(_TICK_SECONDS)
        _sweep(entry.process)
        entry.process.wait()


def _sweep(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child's process group: itself if it hangs, and orphans of its."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
