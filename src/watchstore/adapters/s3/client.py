"""The connection to S3. Region, credentials and endpoint come from the environment, as AWS's own
tools read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from watchstore.service_layer.ports import Unavailable

AT_ONCE: Final = 16
_CONFIG: Final = Config(
    connect_timeout=5,
    read_timeout=20,
    max_pool_connections=AT_ONCE,
    retries={"mode": "standard", "max_attempts": 4},
)


def connect() -> Any:
    return boto3.client("s3", config=_CONFIG)


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable(f"S3: {error}") from error


def objects(client: Any, bucket: str, prefix: str) -> Iterator[tuple[str, str]]:
    """(key below the prefix, ETag) of everything there."""
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", ()):
            yield entry["Key"].removeprefix(prefix), entry["ETag"]
