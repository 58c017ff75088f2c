"""/metrics of the web processes, by a listener of its own: never on the port that buyers reach.

Whichever process is asked answers for all of them: they keep their figures in one folder.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client reads it when it is imported
PATH: Final = "/metrics"
_PREFIX: Final = "watchstore-metrics-"


def make_folder() -> None:
    """A new one for this master; those that killed masters have left go."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_gone(left.name.removeprefix(_PREFIX).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    os.environ[FOLDER] = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")


def _is_gone(pid: str) -> bool:
    """Or it has our own number, as in a container that was started again."""
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return True
    except PermissionError:
        return False
    return int(pid) == os.getpid()


def remove_folder() -> None:
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


def forget_process(pid: int) -> None:
    """What it did still counts; what it holds does not."""
    from prometheus_client import multiprocess  # noqa: PLC0415 - not before FOLDER is set

    multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


class MetricsDoor:
    """Tells the two listeners apart by the port that was connected to, whatever a caller says."""

    def __init__(self, app: "WSGIApplication", port: int) -> None:
        self._app = app
        self._port = str(port)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["SERVER_PORT"] != self._port:
            return self._app(environ, start_response)
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "GET":
            start_response("404 Not Found", [("Content-Length", "0")])
            return []
        body, kind = _collected()
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]


def _collected() -> tuple[bytes, str]:
    from prometheus_client import (  # noqa: PLC0415
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        generate_latest,
        multiprocess,
    )

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST
