"""Where the gateway listens that `watchstore run` started: a note in DATA for other commands."""

from pathlib import Path
from typing import Final

_NOTE: Final = "gateway.url"


def leave(data: Path, url: str) -> None:
    (data / _NOTE).write_text(url)


def find(data: Path) -> str:
    """Empty when there is none."""
    note = data / _NOTE
    return note.read_text() if note.exists() else ""
