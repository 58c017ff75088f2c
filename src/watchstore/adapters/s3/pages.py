"""The storefront as objects of a bucket: replaced one by one, and never by what is older."""

import hashlib
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from botocore.exceptions import ClientError

from watchstore.adapters.s3.client import AT_ONCE, objects, translated
from watchstore.service_layer.ports import Overtaken, PageFile, Unavailable

_NOT_AS_THOUGHT: Final = frozenset({404, 409, 412})
_TRIES: Final = 4
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class _There:
    etag: str
    version: int


class S3Pages:
    """The version of each object is in its metadata. It is replaced on condition that it still
    is the object whose version was seen: whoever comes late is refused by S3 itself.

    `place` is bucket[/prefix]; the notes lie in a bucket that nobody is served from.
    """

    def __init__(self, client: Any, place: str, *, notes_bucket: str) -> None:
        self._client = client
        self._bucket, _, prefix = place.partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._notes_bucket = notes_bucket
        self._notes_key = f"published/{place}/notes.json"
        self._listed: dict[str, str] = {}

    def names(self) -> frozenset[str]:
        with translated():
            self._listed = dict(objects(self._client, self._bucket, self._prefix))
        return frozenset(self._listed)

    def put(self, files: Collection[PageFile], *, version: int) -> None:
        self._all(lambda file: self._put(file, version), files)

    def remove(self, paths: Collection[str], *, version: int) -> None:
        self._all(lambda path: self._remove(path, version), paths)

    def notes(self) -> bytes:
        with translated():
            try:
                found = self._client.get_object(Bucket=self._notes_bucket, Key=self._notes_key)
            except self._client.exceptions.NoSuchKey:
                return b""
            notes: bytes = found["Body"].read()
        return notes

    def keep_notes(self, notes: bytes, *, version: int) -> None:
        file = PageFile(self._notes_key, notes, _JSON, "no-store")
        with translated():
            self._replace(self._notes_bucket, self._notes_key, file, version)

    def _all(self, act: Callable[[Any], None], what: Collection[Any]) -> None:
        with translated(), ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(act, what):
                pass

    def _put(self, file: PageFile, version: int) -> None:
        if self._listed.get(file.path) != _etag(file.body):  # as S3 makes it of small objects
            self._replace(self._bucket, f"{self._prefix}{file.path}", file, version)

    def _replace(self, bucket: str, key: str, file: PageFile, version: int) -> None:
        for _ in range(_TRIES):
            there = self._there(bucket, key, version)
            condition = {"IfMatch": there.etag} if there else {"IfNoneMatch": "*"}
            try:
                self._client.put_object(
                    Bucket=bucket,
                    Key=key,
                    Body=file.body,
                    ContentType=file.kind,
                    CacheControl=file.lifetime,
                    Metadata={"version": str(version)},
                    **condition,
                )
            except ClientError as refusal:
                _raise_unless_not_as_thought(refusal)
            else:
                return
        raise Unavailable(f"S3: others keep writing {key}")

    def _remove(self, path: str, version: int) -> None:
        key = f"{self._prefix}{path}"
        for _ in range(_TRIES):
            there = self._there(self._bucket, key, version)
            if there is None:
                return
            try:
                self._client.delete_object(Bucket=self._bucket, Key=key, IfMatch=there.etag)
            except ClientError as refusal:
                _raise_unless_not_as_thought(refusal)
            else:
                return
        raise Unavailable(f"S3: others keep writing {key}")

    def _there(self, bucket: str, key: str, version: int) -> _There | None:
        """Raises Overtaken for what is newer."""
        try:
            found = self._client.head_object(Bucket=bucket, Key=key)
        except ClientError as refusal:
            if _status(refusal) == 404:
                return None
            raise
        there = _There(found["ETag"], int(found["Metadata"].get("version", 0)))
        if version < there.version:
            raise Overtaken(f"version {there.version} is published, and this is {version}")
        return there


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def _status(refusal: ClientError) -> int:
    return int(refusal.response["ResponseMetadata"]["HTTPStatusCode"])


def _raise_unless_not_as_thought(refusal: ClientError) -> None:
    if _status(refusal) not in _NOT_AS_THOUGHT:
        raise refusal
