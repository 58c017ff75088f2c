"""A crash as text for the log: where it happened, and no value that somebody has sent."""

import sys
import traceback
from collections.abc import Iterator
from typing import Any, Final

_OURS: Final = "watchstore."


def with_traceback(_logger: Any, _method: str, event: Any) -> Any:
    """For structlog: `exc_info` becomes `exception`."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = "\nThat came of:\n".join(map(_told, _chain(error)))
    return event


def _told(error: BaseException) -> str:
    """The message only of what we raise: others quote the row, the parameter or the text."""
    kind = type(error)
    message = f": {error}" if kind.__module__.startswith(_OURS) else ""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{kind.__qualname__}{message}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        implied = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or implied
