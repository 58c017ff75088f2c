"""What the shop says to PostgreSQL, word for word, so that a floor can say the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Engine, event

COMMIT: Final = "COMMIT"


def asked(question: Callable[[], object]) -> list[str]:
    """The statements of a question; it is asked once before, as a process that is warm does."""
    question()
    with _listening() as heard:
        question()
    return [statement for statement in heard if statement != COMMIT]


def done(deed: Callable[[], object]) -> list[str]:
    """The statements and commits of something that can be done once only."""
    with _listening() as heard:
        deed()
    return heard


@contextmanager
def _listening() -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(_connection: Any, cursor: Any, statement: str, params: Any, *_rest: Any) -> None:
        # With its values filled in by the driver itself, as they go over the wire.
        heard.append(cursor.mogrify(statement, params or None).decode())

    def hear_commit(_connection: Any) -> None:
        heard.append(COMMIT)

    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": hear,
        "commit": hear_commit,
    }
    for name, listener in listeners.items():
        event.listen(Engine, name, listener)
    try:
        yield heard
    finally:
        for name, listener in listeners.items():
            event.remove(Engine, name, listener)
