"""Hears what a storage says to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from watchstore.adapters.postgres import PostgresStorage

_CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def listening(storage: PostgresStorage) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(statement)

    engines = (storage._transactions, storage._reads)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", hear)


def data(heard: list[str]) -> list[str]:
    return [statement for statement in heard if not statement.startswith(_CONTROL)]
