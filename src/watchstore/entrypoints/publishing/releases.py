"""Templates by release: where the frontend is deployed by itself, apart from the program."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing.site import Frontend, own_frontend

# Copies a release into a folder; False when there is none of that name.
Fetch = Callable[[str, Path], bool]


class Released:
    """The release that was asked for, else the one that was published last."""

    def __init__(self, fetch: Fetch, asked_for: str = "") -> None:
        self._fetch = fetch
        self._asked_for = asked_for
        self._fetched: Frontend | None = None

    def __call__(self, noted: str) -> Frontend:
        release = self._asked_for or noted
        if not release:
            return own_frontend(noted)
        if self._fetched is None or self._fetched.release != release:
            self._fetched = self._get(release)
        return self._fetched

    def _get(self, release: str) -> Frontend:
        folder = Path(tempfile.mkdtemp(prefix="watchstore-release-"))
        if not self._fetch(release, folder):
            raise StartError(f"RELEASE: there is no release {release}")
        return Frontend(folder, release)
