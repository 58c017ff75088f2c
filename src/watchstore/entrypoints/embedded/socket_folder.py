"""Where PostgreSQL's socket lies: a socket's path may not be longer than 107 bytes."""

import contextlib
import tempfile
from pathlib import Path

from watchstore.entrypoints.embedded.account import Account

_LONGEST = 107 - len("/.s.PGSQL.5432.lock")
_PREFIX = "watchstore-socket-"


def make_socket_folder(data: Path, account: Account) -> Path:
    """`data`/socket; where its path is too long or odd, a link to a temporary folder."""
    entry = data / "socket"
    if _suits(str(entry)):
        entry.mkdir(mode=0o700)
    else:
        entry.symlink_to(_temporary_folder())
    account.own(entry.resolve())
    return entry.resolve()


def remove_socket_folder(data: Path) -> None:
    """With the sockets of a killed server, and nothing else."""
    entry = data / "socket"
    with contextlib.suppress(FileNotFoundError):
        folder = entry.resolve()
        for socket in folder.glob(".s.PGSQL.*"):
            socket.unlink()
        folder.rmdir()
    entry.unlink(missing_ok=True)


def _temporary_folder() -> str:
    name = tempfile.mkdtemp(prefix=_PREFIX)
    if _suits(name):
        return name
    Path(name).rmdir()
    return tempfile.mkdtemp(prefix=_PREFIX, dir="/tmp")


def _suits(path: str) -> bool:
    """Short enough, and free of what means something in a URL or in a list of folders."""
    return len(path) <= _LONGEST and path.isascii() and not set(path) & set(" ,\"'%?&#+@\\")
