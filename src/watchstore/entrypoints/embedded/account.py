"""The operating system account that runs PostgreSQL, which refuses to run as root."""

import logging
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from watchstore.entrypoints.embedded.errors import EmbeddedServerError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server: ourselves, or as root an unprivileged user with root's groups."""

    user: int | None = None
    group: int | None = None
    groups: tuple[int, ...] | None = None

    def own(self, path: Path) -> None:
        """Give a file or a whole folder to the server."""
        if self.user is None or self.group is None or path.stat().st_uid == self.user:
            return
        for entry in (*path.rglob("*"), path):  # the folder last: it says that all is done
            os.chown(entry, self.user, self.group, follow_symlinks=False)


def account_for(*needed: Path) -> Account:
    """The account to use, able to reach each of these folders."""
    if os.geteuid() != 0:
        _must_be_known(os.geteuid())
        return Account()
    nobody = pwd.getpwnam("nobody")
    groups: set[int] = set()
    for path in needed:
        for folder in (path, *path.parents):
            groups |= _open_to_group(folder)
    return Account(nobody.pw_uid, nobody.pw_gid, tuple(sorted(groups)))


def open_tree(root: Path, account: Account) -> None:
    """Let the account read programs that a strict umask kept to root."""
    if account.user is None or root.stat().st_mode & stat.S_IROTH:
        return
    for entry in (root, *root.rglob("*")):
        mode = entry.lstat().st_mode
        if not stat.S_ISLNK(mode):
            # As `chmod g=u` without the write bit: what root may enter or run, its group may.
            entry.chmod(stat.S_IMODE(mode) | ((mode & (stat.S_IRUSR | stat.S_IXUSR)) >> 3))


def _open_to_group(folder: Path) -> set[int]:
    """The group that lets us pass this folder; opened to that group alone, never to everybody.

    A folder such as /root (0700) becomes 0710: its group may enter, not list or write.
    """
    status = folder.stat()
    if status.st_mode & stat.S_IXOTH:
        return set()
    if not status.st_mode & stat.S_IXGRP:
        try:
            folder.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXGRP)
            _log.warning("let the group of %s enter it, so that PostgreSQL can", folder)
        except OSError as error:
            raise EmbeddedServerError(f"PostgreSQL can't reach {folder}: {error}") from error
    return {status.st_gid}


def _must_be_known(uid: int) -> None:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedServerError(
            f"PostgreSQL needs a user name and uid {uid} has none; set DATABASE_URL instead"
        ) from None
