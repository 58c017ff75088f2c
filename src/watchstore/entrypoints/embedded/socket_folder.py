"""Where PostgreSQL's socket lies: a socket's path may not be longer than 107 bytes."""

import contextlib
import tempfile
from pathlib import Path

from watchstore.entrypoints.embedded.account import Account

_LONGEST = 107 - len("/.s.PGSQL.5432.lock")
_PREFIX = "watchstore-socket-"


def temporary_folder() -> Path:
    return Path(tempfile.gettempdir()).resolve()


def make_socket_folder(data: Path, account: Account) -> Path:
    """A folder of our own beside the data, else (long or odd paths) in the temporary folder."""
    beside = data / "socket"
    if len(bytes(beside)) <= _LONGEST and str(beside).isascii() and _is_plain(str(beside)):
        beside.mkdir(mode=0o700, exist_ok=True)
        folder = beside
    else:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=temporary_folder()))
    account.own(folder)
    return folder


def remove_socket_folder(folder: Path) -> None:
    """Sockets of a killed server included, and nothing else."""
    with contextlib.suppress(OSError):
        for entry in folder.glob(".s.PGSQL.*"):
            entry.unlink()
        folder.rmdir()


def _is_plain(path: str) -> bool:
    """Free of what means something in a URL or in a list of socket folders."""
    return not set(path) & set(" ,\"'%?&#+@\\")
