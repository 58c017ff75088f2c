"""Being told to stop: SIGTERM and Ctrl-C as an event that a loop can wait for."""

import signal
import threading
from types import FrameType


def stop_when_told() -> threading.Event:
    """Call it from the main thread, where signals arrive."""
    stop = threading.Event()

    def ask(_signum: int, _frame: FrameType | None) -> None:
        stop.set()

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, ask)
    return stop
