"""Servers that an earlier, killed owner of a data folder left running."""

import signal
from pathlib import Path

import psutil


def server_in(folder: Path, pid: int, name: str) -> psutil.Process | None:
    """The process if it is that server of that folder, not a stranger that got its old pid."""
    try:
        process = psutil.Process(pid)
        mine = process.name() == name and folder.samefile(process.cwd())
    except (psutil.Error, OSError):
        return None
    return process if mine else None


def stop_leftover(process: psutil.Process, signum: signal.Signals, *, seconds: float) -> None:
    """The polite signal, then SIGKILL; returns when it is gone."""
    try:
        process.send_signal(signum)
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(seconds)
    except psutil.NoSuchProcess:
        return
