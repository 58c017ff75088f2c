"""A worker as a process of its own, whose only consumer notes in the database what it was told.

`python -m tests.harness.drainer URL nothing|effects`: ready when it says so, begins on a line.
"""

import random
import sys

from sqlalchemy import Engine, create_engine, text

from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.adapters.system import SystemClock
from watchstore.domain.events import Event
from watchstore.service_layer import relay
from watchstore.service_layer.ports import Lease

IDLE = 0.02
_EFFECT = text(
    "INSERT INTO effects (event, aggregate, seq) VALUES (:event, :aggregate, :seq)"
    " ON CONFLICT (event) DO NOTHING"
)


def tell(_lease: Lease, error: Exception) -> None:
    sys.stderr.write(f"{error}\n")


def nothing(_event: Event) -> None: ...


class Effects:
    """Idempotent, as every consumer that writes to the database has to be."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, event: Event) -> None:
        aggregate, _, seq = event.order_id.partition("/")  # type: ignore[attr-defined]
        with self._engine.begin() as connection:
            given = {"event": event.order_id, "aggregate": aggregate, "seq": int(seq)}  # type: ignore[attr-defined]
            connection.execute(_EFFECT, given)


def main(url: str, kind: str) -> None:
    storage = PostgresStorage(url, pool_size=2, speller=RapidfuzzSpeller)
    storage.ping()
    consumer = nothing if kind == "nothing" else Effects(create_engine(url))
    clock = SystemClock()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while True:
        tried = relay.drain(
            storage.deliveries,
            {"mail": consumer},
            clock=clock,
            failed=tell,
            spread=lambda: random.uniform(0.8, 1.3),
        )
        if not tried:
            clock.sleep(IDLE)


if __name__ == "__main__":
    main(*sys.argv[1:])
