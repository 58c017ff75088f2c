"""Releases of the frontend: the folder of templates and assets, once for each."""

from pathlib import Path
from typing import Any

from watchstore.adapters.s3.client import objects, translated


class S3Releases:
    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def fetch(self, release: str, folder: Path) -> bool:
        """Copy a release into a folder; False when there is none of that name."""
        prefix, found = f"{release}/", False
        with translated():
            for path, _ in objects(self._client, self._bucket, prefix):
                self._copy(f"{prefix}{path}", folder / path, folder)
                found = True
        return found

    def _copy(self, key: str, target: Path, folder: Path) -> None:
        if not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{key} points outside its release")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read())
