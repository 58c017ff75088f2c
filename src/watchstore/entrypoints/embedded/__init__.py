"""Real PostgreSQL and Redis from wheels, for `make run` and the tests."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watchstore.entrypoints.embedded.errors import EmbeddedServerError
from watchstore.entrypoints.embedded.postgres import embedded_postgres, running_postgres_url
from watchstore.entrypoints.embedded.redis import embedded_redis, running_redis_url

__all__ = [
    "EmbeddedServerError",
    "Servers",
    "embedded_postgres",
    "embedded_redis",
    "embedded_servers",
    "find_servers",
]


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the servers of one data folder listen."""

    database_url: str
    redis_url: str


@contextmanager
def embedded_servers(
    data: Path, *, postgres_options: Mapping[str, str] | None = None
) -> Iterator[Servers]:
    """Run both servers on `data` for as long as the block lasts; their data stays there."""
    with (
        _only_user_of(data) as folder,
        embedded_postgres(folder, options=postgres_options or {}) as database_url,
        embedded_redis(folder) as redis_url,
    ):
        yield Servers(database_url, redis_url)


def find_servers(data: Path) -> Servers | None:
    """The servers another process runs on `data` right now, if it does."""
    folder = data.resolve()
    database_url = running_postgres_url(folder)
    redis_url = running_redis_url(folder)
    if database_url is None or redis_url is None:
        return None
    return Servers(database_url, redis_url)


@contextmanager
def _only_user_of(data: Path) -> Iterator[Path]:
    """Create the folder and keep a second shop out of it; a killed owner frees it at once."""
    folder = data.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a")
    except OSError as error:
        raise EmbeddedServerError(f"the data folder can't be used: {error}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmbeddedServerError(f"another shop is running on {folder}; stop it") from None
        yield folder
