"""The shop's own processes with a fuse in them: they die, or lose the database, at a named step.

`gunicorn "tests.harness.crashing:wsgi()"` and `python -m tests.harness.crashing` (the worker).
The fuse is lit by a plan in the file CRASH_PLAN; who reaches its step takes it away, and acts.
"""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import psycopg2
from dependency_injector import providers
from flask import Flask
from sqlalchemy import make_url
from tests.harness.steps import Steps

from watchstore.entrypoints.container import Container
from watchstore.entrypoints.http.app import create_app
from watchstore.entrypoints.settings import Settings, load_settings
from watchstore.entrypoints.worker import run_worker
from watchstore.entrypoints.wsgi import http_settings
from watchstore.service_layer.shop import Shop

_TERMINATE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def lose_the_database() -> None:
    """Every backend of this database is ended, as in a fail-over."""
    url = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql")
    connection = psycopg2.connect(url.render_as_string(hide_password=False))
    with connection.cursor() as cursor:
        cursor.execute(_TERMINATE)
    connection.close()


ACTS: Final[Mapping[str, Callable[[], None]]] = {
    "kill": die,
    "database": lose_the_database,
}


def light(plan: Path, act: str, step: str) -> None:
    """`commit:after` is the first time from now on, `commit:after 2` the second."""
    draft = plan.with_suffix(".draft")
    draft.write_text(f"{act} {step}")
    draft.rename(plan)


class Fuse(Steps):
    def __init__(self, plan: Path) -> None:
        super().__init__()
        self._plan = plan
        self._lit = 0

    def reach(self, step: str) -> None:
        try:
            found, words = self._plan.stat().st_mtime_ns, self._plan.read_text().split()
        except FileNotFoundError:
            return
        if found != self._lit:
            self._lit = found
            self._times.clear()
        self._times[step] += 1
        act, wanted, time = (*words, "1")[:3]
        if step == wanted and self._times[step] == int(time):
            self._plan.unlink()
            ACTS[act]()


def wsgi() -> Flask:
    settings = load_settings(os.environ)
    return create_app(fused_shop(settings), http_settings(settings))


def fused_shop(settings: Settings) -> Shop:
    container, fuse = Container(settings=settings), Fuse(Path(os.environ["CRASH_PLAN"]))
    container.gateway.override(providers.Object(fuse.gateway(container.gateway())))
    shop = container.shop()
    shop.begin = fuse.begin(shop.begin)
    return shop


if __name__ == "__main__":
    with fused_shop(load_settings(os.environ)) as worked:
        run_worker(worked)
