"""How this machine reaches its package index, told to a build as it is told to pip."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from engine import KEPT

_TRUSTED: Final = Path("/etc/ssl/certs/ca-certificates.crt")
_PASSED_ON: Final = {"index-url", "extra-index-url", "trusted-host", "proxy"}


@contextmanager
def pip_settings() -> Iterator[tuple[str, ...]]:
    """Options of `build` for two secrets; the file goes afterwards, as it may hold a password."""
    lines = ["[global]"]
    secrets = []
    for name, value in _configured().items():
        remote = [part for part in value.split() if not part.startswith(("/", "file:"))]
        if name in _PASSED_ON and remote:
            lines.append(f"{name} = {' '.join(remote)}")
    if _TRUSTED.exists():
        lines.append("cert = /run/secrets/ca.crt")
        secrets.append(f"--secret=id=ca,src={_TRUSTED}")
    file = KEPT / "pip.conf"
    file.touch(mode=0o600)
    file.write_text("\n".join([*lines, ""]))
    try:
        yield (*secrets, f"--secret=id=pip,src={file}")
    finally:
        file.unlink()


def _configured() -> dict[str, str]:
    """What files and the environment say; the environment comes last and wins."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    )
    found = re.findall(r"(?m)^[^.\n]*\.([a-z-]+)='(.*)'$", listed.stdout)
    return {name: value.replace("\\n", " ") for name, value in found}
