"""A database cluster on disk: made by initdb once, whole or not at all."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from watchstore.entrypoints.embedded.account import Account
from watchstore.entrypoints.embedded.errors import EmbeddedServerError

OWNER = "watchstore"
_MAJOR = "18"


def create_cluster(initdb: Path, folder: Path, account: Account, *, durable: bool) -> None:
    """Make the cluster unless it is there; a killed initdb leaves nothing that looks like one."""
    version = folder / "PG_VERSION"
    if version.exists():
        _must_fit(version)
        account.own(folder)
    else:
        draft = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
        account.own(draft)
        _initdb(initdb, draft, account, durable=durable)
        draft.rename(folder)
    _admit_caller_alone(folder)


def _must_fit(version: Path) -> None:
    found = version.read_text().strip()
    if found != _MAJOR:
        raise EmbeddedServerError(
            f"{version.parent} was made by PostgreSQL {found}, not {_MAJOR}; move it away"
        )


def _initdb(initdb: Path, folder: Path, account: Account, *, durable: bool) -> None:
    arguments = ["--username", OWNER, "--encoding", "UTF8", "--auth", "peer", "--locale", "C"]
    arguments += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    with account.passage(folder) as passage:
        done = subprocess.run(  # noqa: S603
            [initdb, "-D", *passage.names, *arguments, *([] if durable else ["--no-sync"])],
            cwd="/",
            env={"LC_ALL": "C", "TZ": "UTC"},
            pass_fds=passage.files,
            capture_output=True,
            check=False,
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        )
    if done.returncode:
        last_line = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise EmbeddedServerError(f"initdb failed: {last_line}")


def _admit_caller_alone(folder: Path) -> None:
    """The kernel tells PostgreSQL who is calling: no password to keep, no stranger let in."""
    caller = pwd.getpwuid(os.geteuid()).pw_name
    (folder / "pg_hba.conf").write_text("local all all peer map=caller\n")
    (folder / "pg_ident.conf").write_text(f"caller {caller} {OWNER}\n")
