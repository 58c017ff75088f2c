"""How gunicorn serves the shop: threads, since every request waits for the database."""

import gc
import importlib
import os
from typing import Any, Final

from watchstore.entrypoints import metrics
from watchstore.entrypoints.settings import load_settings

_settings = load_settings(os.environ)
_measured: Final = _settings.metrics_port is not None

wsgi_app = "watchstore.entrypoints.wsgi:app()"
bind = [f"{_settings.host}:{_settings.port}"]
if _measured:
    bind.append(f"{_settings.host}:{_settings.metrics_port}")
worker_class = "gthread"
workers = _settings.web_workers
threads = _settings.web_threads
keepalive = 75  # longer than a balancer's, so that it never reuses what we just closed
timeout = 30
graceful_timeout = 10
preload_app = False  # a fork after threads and pools exist inherits broken ones
control_socket_disable = True
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112


def on_starting(_master: Any) -> None:
    """Once, before the first worker: they inherit where to keep their figures."""
    if _measured:
        metrics.make_folder()


def when_ready(_master: Any) -> None:
    """The code is read once, for all: a worker, and the one that replaces it, forks in no time.
    Not before the folder is there, which prometheus_client looks for when it is imported."""
    importlib.import_module("watchstore.entrypoints.wsgi").read_ahead()
    _keep_what_is_loaded()


def child_exit(_master: Any, worker: Any) -> None:
    if _measured:
        metrics.forget_process(worker.pid)


def on_exit(_master: Any) -> None:
    if _measured:
        metrics.remove_folder()


def post_worker_init(_worker: object) -> None:
    _keep_what_is_loaded()


def _keep_what_is_loaded() -> None:
    """No collection has to look through it again, which took up to 80 ms each time and a sixth of
    a listing's CPU."""
    gc.collect()
    gc.freeze()
