"""The shop's pages in a bucket: with templates of a release, killed on the way, and run again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from tests.harness.bucket_server import PAGES, RELEASES, bucket_server, make_buckets
from tests.harness.language import a_watch, an_offer
from tests.harness.published import FRONTEND
from tests.harness.shop import House, memory_shop

from watchstore.adapters.s3 import S3Pages, S3Releases, connect
from watchstore.domain import WatchId
from watchstore.entrypoints.cli import main
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing import Published, Released, Site, publish
from watchstore.service_layer.ports import Overtaken, Unavailable

URL = "https://shop.example"
MARK = "<!-- of this release -->"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[dict[str, str]]:
    with bucket_server() as environ:
        yield environ


@pytest.fixture
def s3(endpoint) -> Iterator[Any]:
    client = connect()
    make_buckets(client)
    yield client
    client.close()


@pytest.fixture
def house() -> House:
    made = memory_shop()
    an_offer(made, watch=a_watch(made, "SBGA211"))
    a_watch(made, "SBGA413")
    return made


class Dying(S3Pages):
    """Its network fails after so many requests to write."""

    left = 10_000

    def _replace(self, *args: Any) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unavailable("S3: away")
        super()._replace(*args)


def store(s3: Any) -> Dying:
    return Dying(s3, PAGES, notes_bucket=RELEASES)


def run(house: House, pages: S3Pages, release: str = "", *, whole: bool = False) -> Published:
    choose = Released(S3Releases(connect(), RELEASES).fetch, release)
    site = Site(pages, URL, choose)
    return publish(house.storage.pages, site, day=date(2026, 3, 1), whole=whole)


def keys(s3: Any, bucket: str = PAGES) -> set[str]:
    listed = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {entry["Key"] for page in listed for entry in page.get("Contents", ())}


def upload(s3: Any, release: str) -> None:
    """As the frontend's pipeline does."""
    for path in FRONTEND.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            if path.name == "base.html":
                body = body.replace(b"</body>", f"{MARK}{release}</body>".encode())
            key = f"{release}/{path.relative_to(FRONTEND).as_posix()}"
            s3.put_object(Bucket=RELEASES, Key=key, Body=body)


def text(s3: Any, key: str) -> str:
    body: bytes = s3.get_object(Bucket=PAGES, Key=key)["Body"].read()
    return body.decode()


def test_pages_are_served_a_minute_and_assets_for_ever(house, s3):
    run(house, store(s3))
    for key in keys(s3):
        head = s3.head_object(Bucket=PAGES, Key=key)
        forever = key.startswith(("css.", "js.", "img."))
        assert ("immutable" in head["CacheControl"]) is forever, key
        if key.endswith(".html"):
            assert head["ContentType"] == "text/html; charset=utf-8"
            assert head["CacheControl"] == "public, max-age=60"


def test_what_is_the_publishers_own_lies_where_nobody_is_served_from(house, s3):
    run(house, store(s3))
    assert [key for key in keys(s3) if "notes" in key or "/." in f"/{key}"] == []
    assert keys(s3, RELEASES) == {f"published/{PAGES}/notes.json"}


def test_an_upload_that_broke_off_is_finished_with_what_is_missing(house, s3):
    dying = store(s3)
    dying.left = 40
    with pytest.raises(Unavailable):
        run(house, dying)
    first = keys(s3)
    assert len(first) == 40
    again = store(s3)
    run(house, again)
    sent = 10_000 - again.left - 1  # and the notes
    assert sent == len(keys(s3) - first)
    assert run(house, store(s3)).written == 0


def test_pages_come_after_the_assets_that_they_name(house, s3):
    dying = store(s3)
    dying.left = 10
    with pytest.raises(Unavailable):
        run(house, dying)
    assert [key for key in keys(s3) if key.endswith(".html")] == []


def test_a_withdrawn_watch_leaves_the_bucket(house, s3):
    run(house, store(s3))
    (watch,) = house.storage.pages.watches(["grand-seiko-heritage-sbga413"])
    house.shop.withdraw_watch(WatchId(UUID(watch.id)))
    run(house, store(s3))
    assert [key for key in keys(s3) if watch.slug in key] == []


def test_a_release_is_published_with_its_own_templates_and_stays(house, s3):
    upload(s3, "r1")
    run(house, store(s3), release="r1")
    assert f"{MARK}r1" in text(s3, "index.html")
    a_watch(house, "SBGX261")
    run(house, store(s3))  # a worker, which is told of no release
    assert f"{MARK}r1" in text(s3, "watches/grand-seiko-heritage-sbgx261/index.html")


def test_an_older_shop_adds_nothing_of_its_own(house, s3):
    upload(s3, "r1")
    run(house, store(s3), release="r1")
    before = keys(s3)
    older = memory_shop()
    a_watch(older, "NEVER SEEN")
    with pytest.raises(Overtaken):
        run(older, store(s3), release="r1", whole=True)
    assert keys(s3) == before


def test_a_release_that_is_not_there_is_told_by_name(house, s3):
    with pytest.raises(StartError, match="no release r9"):
        run(house, store(s3), release="r9")


def test_a_release_cannot_write_outside_its_folder(s3, tmp_path: Path):
    s3.put_object(Bucket=RELEASES, Key="evil/../../outside", Body=b"")
    with pytest.raises(ValueError, match="outside its release"):
        S3Releases(s3, RELEASES).fetch("evil", tmp_path / "release")


def test_the_task_publishes_as_it_is_started_in_the_cloud(s3, database_url, tmp_path: Path):
    """`watchstore publish` without a target: the buckets and the release come from settings."""
    upload(s3, "r1")
    environ = {
        "DATABASE_URL": database_url,
        "DATA": str(tmp_path),
        "PUBLIC_URL": URL,
        "PAGES_BUCKET": PAGES,
        "RELEASES_BUCKET": RELEASES,
        "RELEASE": "r1",
    }
    done = CliRunner().invoke(main, ["publish"], env=environ)
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{MARK}r1" in text(s3, "index.html")
    again = CliRunner().invoke(main, ["publish", f"s3://{PAGES}"], env=environ)
    assert again.stdout.startswith("0 written")
