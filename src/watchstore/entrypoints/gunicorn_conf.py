"""How gunicorn serves the shop: threads, since every request waits for the database."""

import gc
import os

from watchstore.entrypoints.settings import load_settings

_settings = load_settings(os.environ)

wsgi_app = "watchstore.entrypoints.wsgi:app()"
bind = f"{_settings.host}:{_settings.port}"
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


def post_worker_init(_worker: object) -> None:
    """What is loaded by now stays: no collection has to look through it again, which took up to
    80 ms each time and a sixth of a listing's CPU."""
    gc.collect()
    gc.freeze()
