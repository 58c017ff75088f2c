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
    if len(bytes(entry)) <= _LONGEST and _is_plain(str(entry)):
        entry.mkdir(mode=0o700)
    else:
        entry.symlink_to(tempfile.mkdtemp(prefix=_PREFIX))
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


def _is_plain(path: str) -> bool:
    """Free of what means something in a URL or in a list of socket folders."""
    return path.isascii() and not set(path) & set(" ,\"'%?&#+@\\")
