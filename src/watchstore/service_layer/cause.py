"""What made something happen: a name that its events keep, so that what follows can be told."""

from contextvars import ContextVar
from typing import Final

# Set around a request or a delivery by whoever traces them; nobody here reads a meaning into it.
CAUSE: Final[ContextVar[str | None]] = ContextVar("cause", default=None)
