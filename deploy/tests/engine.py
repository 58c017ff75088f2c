"""podman with a storage, networks and settings of its own: no container of others is seen."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = ROOT / "build" / "containers"
# Gone after a reboot, as podman expects of it.
_RUN: Final = Path("/run") / f"watchstore-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
_STORAGE: Final = """[storage]
driver = "overlay"
graphroot = "{kept}/store"
runroot = "{run}/storage"
"""
# crun wants another layout of cgroups than old kernels have; no limit may exceed the host's.
_SETTINGS: Final = """[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "{run}/libpod"
init_path = "/usr/bin/catatonit"
[network]
network_backend = "netavark"
network_config_dir = "{kept}/networks"
"""
_NOISE: Final = ("systemd connection", "connect to syslog")


def environment() -> dict[str, str]:
    """For every call of podman, and of what calls it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, text in (("storage.conf", _STORAGE), ("containers.conf", _SETTINGS)):
        files[name] = KEPT / name
        files[name].write_text(text.format(kept=KEPT, run=_RUN))
    return {
        **os.environ,
        "CONTAINERS_STORAGE_CONF": str(files["storage.conf"]),
        "CONTAINERS_CONF": str(files["containers.conf"]),
    }


def podman(*words: str | Path, fails: bool = False, seconds: float = 300, **options: Any) -> str:
    """Its standard output; raises AssertionError with what it said when it failed."""
    done = subprocess.run(
        ["podman", *words],
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
        timeout=seconds,
        **options,
    )
    said = "\n".join(
        line for line in done.stderr.splitlines() if not any(noise in line for noise in _NOISE)
    )
    assert (done.returncode != 0) == fails, f"podman {words}: {done.returncode}\n{said}"
    return done.stdout.strip() + (said if fails else "")


def logs(container: str) -> str:
    """What it said, on standard output and error."""
    done = subprocess.run(
        ["podman", "logs", container],
        env=environment(),
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.stdout


def is_healthy(container: str) -> bool:
    """Ask as the container's own check says. Without systemd nobody else does."""
    done = subprocess.run(
        ["podman", "healthcheck", "run", container],
        env=environment(),
        check=False,
        capture_output=True,
        timeout=60,
    )
    return done.returncode == 0


def inspect(name: str) -> Any:
    return json.loads(podman("inspect", name))[0]


def leftovers() -> dict[str, list[str]]:
    """Containers, volumes and networks there are (podman's own network apart)."""
    kinds = {
        "containers": ("ps", "--all", "--quiet"),
        "volumes": ("volume", "ls", "--quiet"),
        "networks": ("network", "ls", "--quiet"),
    }
    found = {kind: podman(*words).split() for kind, words in kinds.items()}
    found["networks"] = [name for name in found["networks"] if name != "podman"]
    return found


def processes() -> list[str]:
    """Monitors of containers of ours."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(_RUN) in command and command.split()[0].endswith("conmon"):
            found.append(command)
    return found


def forget_run() -> None:
    shutil.rmtree(_RUN, ignore_errors=True)
