"""A stand-in for S3 on this machine's loopback, for the tests that publish to buckets."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

from moto.server import ThreadedMotoServer

PAGES: Final = "pages"
RELEASES: Final = "releases"


@contextmanager
def bucket_server() -> Iterator[dict[str, str]]:
    """The environment that leads AWS's tools to it, set for this process as well."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environ = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    try:
        with patch.dict(os.environ, environ):
            yield environ
    finally:
        server.stop()


def make_buckets(client: Any) -> None:
    """Both, and empty."""
    known = {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}
    for name in (PAGES, RELEASES):
        if name not in known:
            place = {"LocationConstraint": "eu-central-1"}
            client.create_bucket(Bucket=name, CreateBucketConfiguration=place)
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=name):
            for entry in page.get("Contents", ()):
                client.delete_object(Bucket=name, Key=entry["Key"])
