"""The operating system account that runs PostgreSQL, which refuses to run as root."""

import logging
import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watchstore.entrypoints.embedded.errors import EmbeddedServerError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Passage:
    """Names by which the server reaches some folders, and the open files behind the names."""

    names: tuple[str, ...]
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server: ourselves, or an unprivileged user when we are root."""

    user: int | None = None
    group: int | None = None
    groups: tuple[int, ...] | None = None

    def own(self, path: Path) -> None:
        """Give a file or a whole folder to the server."""
        if self.user is None or self.group is None or path.stat().st_uid == self.user:
            return
        for entry in (*path.rglob("*"), path):  # the folder last: it says that all is done
            os.chown(entry, self.user, self.group, follow_symlinks=False)

    @contextmanager
    def passage(self, *folders: Path) -> Iterator[Passage]:
        """Lead the server into folders that root may enter and it may not, such as /root/shop.

        It inherits them open. Opening the way by permissions would loosen what the user closed,
        and would end as soon as somebody closed it again.
        """
        if self.user is None:
            yield Passage(tuple(map(str, folders)))
            return
        files = tuple(os.open(folder, os.O_RDONLY | os.O_DIRECTORY) for folder in folders)
        try:
            yield Passage(tuple(f"/proc/self/fd/{file}" for file in files), files)
        finally:
            for file in files:
                os.close(file)


def account_for(install: Path) -> Account:
    """The account to use, able to run the programs of this installation."""
    if os.geteuid() != 0:
        _must_be_known(os.geteuid())
        return Account()
    nobody = pwd.getpwnam("nobody")
    groups: set[int] = set()
    for folder in install.parents:
        groups |= _open_to_group(folder)
    return Account(nobody.pw_uid, nobody.pw_gid, tuple(sorted(groups)))


def open_tree(root: Path, account: Account) -> None:
    """Let the account read programs that a strict umask kept to root."""
    if account.user is None or root.stat().st_mode & stat.S_IROTH:
        return
    for entry in (root, *root.rglob("*")):
        mode = entry.lstat().st_mode
        if not stat.S_ISLNK(mode):
            # What root may read, enter or run, everybody may: these are published programs.
            owners = (mode & (stat.S_IRUSR | stat.S_IXUSR)) >> 3
            entry.chmod(stat.S_IMODE(mode) | owners | owners >> 3)


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
