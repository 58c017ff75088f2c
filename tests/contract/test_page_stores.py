"""Where pages go, whichever it is: whole files, and nothing older over anything newer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.harness.bucket_server import PAGES, RELEASES, bucket_server, make_buckets
from tests.harness.racing import errors, race

from watchstore.adapters.files import FolderPages
from watchstore.adapters.s3 import S3Pages, connect
from watchstore.service_layer.ports import Overtaken, PageFile, PageStore

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Kept:
    """A store, another publisher's hand on the same, and a look at what is served."""

    store: PageStore
    rival: PageStore
    served: Callable[[], dict[str, bytes]]


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    with bucket_server():
        client = connect()
        yield client
        client.close()


def in_folder(request: pytest.FixtureRequest) -> Kept:
    folder: Path = request.getfixturevalue("tmp_path") / "pages"

    def served() -> dict[str, bytes]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in files
            if not path.name.startswith(".")
        }

    return Kept(FolderPages(folder), FolderPages(folder), served)


def in_bucket(request: pytest.FixtureRequest, place: str = PAGES) -> Kept:
    client = request.getfixturevalue("s3")
    make_buckets(client)
    prefix = place.partition("/")[2]

    def served() -> dict[str, bytes]:
        found = client.list_objects_v2(Bucket=PAGES).get("Contents", ())
        return {
            entry["Key"].removeprefix(f"{prefix}/"): client.get_object(
                Bucket=PAGES, Key=entry["Key"]
            )["Body"].read()
            for entry in found
        }

    made = partial(S3Pages, client, place, notes_bucket=RELEASES)
    return Kept(made(), made(), served)


KINDS = {
    "folder": in_folder,
    "bucket": in_bucket,
    "prefix": partial(in_bucket, place=f"{PAGES}/shop"),
}


@pytest.fixture(params=KINDS)
def kept(request: pytest.FixtureRequest) -> Kept:
    return KINDS[request.param](request)


def a_page(text: str, path: str = "watches/one/index.html") -> PageFile:
    return PageFile(path, text.encode(), HTML, "public, max-age=60")


def test_what_is_put_is_served_and_named(kept):
    kept.store.put([a_page("home", "index.html"), a_page("one")], version=1)
    assert kept.served() == {"index.html": b"home", "watches/one/index.html": b"one"}
    assert kept.rival.names() == {"index.html", "watches/one/index.html"}


def test_at_first_there_is_nothing(kept):
    assert (kept.store.names(), kept.store.notes()) == (frozenset(), b"")


def test_a_newer_page_replaces_an_older_one_and_the_same_version_itself(kept):
    for version, text in ((1, "old"), (2, "new"), (2, "newer")):
        kept.store.put([a_page(text)], version=version)
    assert kept.served() == {"watches/one/index.html": b"newer"}


def test_an_older_page_replaces_no_newer_one(kept):
    kept.rival.put([a_page("new")], version=5)
    with pytest.raises(Overtaken, match="version 5"):
        kept.store.put([a_page("old")], version=4)
    assert kept.served() == {"watches/one/index.html": b"new"}


def test_not_even_when_it_was_looked_at_before(kept):
    kept.store.put([a_page("first")], version=3)
    kept.store.names()
    kept.rival.put([a_page("new")], version=5)
    with pytest.raises(Overtaken):
        kept.store.put([a_page("old")], version=4)
    assert kept.served() == {"watches/one/index.html": b"new"}


def test_of_two_at_once_the_newer_stays(kept):
    for attempt in range(5):
        older, newer = attempt * 2 + 1, attempt * 2 + 2
        outcomes = race(
            [
                partial(kept.store.put, [a_page(f"old {attempt}")], version=older),
                partial(kept.rival.put, [a_page(f"new {attempt}")], version=newer),
            ]
        )
        assert kept.served() == {"watches/one/index.html": f"new {attempt}".encode()}
        assert all(isinstance(error, Overtaken) for error in errors(outcomes))


def test_what_is_removed_is_gone_unless_it_is_newer(kept):
    kept.store.put([a_page("one"), a_page("two", "two/index.html")], version=1)
    kept.store.remove(["watches/one/index.html", "nothing/index.html"], version=1)
    assert kept.served() == {"two/index.html": b"two"}
    kept.rival.put([a_page("two again", "two/index.html")], version=3)
    with pytest.raises(Overtaken):
        kept.store.remove(["two/index.html"], version=2)
    assert kept.served() == {"two/index.html": b"two again"}


def test_the_notes_are_kept_and_neither_served_nor_named(kept):
    kept.store.keep_notes(b"first", version=1)
    kept.store.keep_notes(b"second", version=2)
    assert kept.rival.notes() == b"second"
    assert (kept.served(), kept.store.names()) == ({}, frozenset())


def test_older_notes_replace_no_newer_ones(kept):
    kept.rival.keep_notes(b"new", version=5)
    with pytest.raises(Overtaken):
        kept.store.keep_notes(b"old", version=4)
    assert kept.store.notes() == b"new"


class TestAFolder:
    def test_hides_what_is_the_publishers_from_other_users(self, tmp_path):
        store = FolderPages(tmp_path)
        store.put([a_page("home", "index.html")], version=1)
        store.keep_notes(b"notes", version=1)
        hidden = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob(".*")}
        assert hidden == {".published.json": 0o600, ".publisher": 0o600}
        assert (tmp_path / "index.html").stat().st_mode & 0o044 == 0o044

    def test_keeps_no_empty_folder(self, tmp_path):
        store = FolderPages(tmp_path)
        store.put([a_page("one")], version=1)
        store.remove(["watches/one/index.html"], version=1)
        assert not (tmp_path / "watches").exists()


class TestABucket:
    def test_serves_with_kind_and_lifetime(self, s3):
        make_buckets(s3)
        S3Pages(s3, PAGES, notes_bucket=RELEASES).put([a_page("one")], version=7)
        head = s3.head_object(Bucket=PAGES, Key="watches/one/index.html")
        assert (head["ContentType"], head["CacheControl"]) == (HTML, "public, max-age=60")
        assert head["Metadata"] == {"version": "7"}

    def test_is_sent_nothing_that_it_has(self, s3):
        make_buckets(s3)
        store = S3Pages(s3, PAGES, notes_bucket=RELEASES)
        store.put([a_page("one"), a_page("two", "two.html")], version=1)
        before = {key: modified(s3, key) for key in ("watches/one/index.html", "two.html")}
        store.names()
        store.put([a_page("one"), a_page("changed", "two.html")], version=2)
        after = {key: modified(s3, key) for key in before}
        assert after["watches/one/index.html"] == before["watches/one/index.html"]
        assert after["two.html"] != before["two.html"]


def modified(client: Any, key: str) -> tuple[object, ...]:
    head = client.head_object(Bucket=PAGES, Key=key)
    return head["Metadata"]["version"], head["ETag"]
