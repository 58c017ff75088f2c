"""The publisher of a worker: one at a time, woken by edits, and not stopped by trouble."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from tests.harness.language import a_watch, drain_all
from tests.harness.published import this_frontend
from tests.harness.shop import House

from watchstore.adapters.files import FolderPages
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing import Publisher, Site, turns
from watchstore.entrypoints.publishing.once import publish_once
from watchstore.service_layer.commands import ImportCatalogue
from watchstore.service_layer.ports import Overtaken, PageFile, Unavailable

HEADER = "brand,collection,reference,name\n"
PATIENCE = 90


class Watched(FolderPages):
    """Tells of every batch; fails while `trouble` is there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.put_at = threading.Event()
        self.kept = threading.Semaphore(0)
        self.runs = 0
        self.trouble: Exception | None = None
        self.during: Callable[[], None] = lambda: None

    def put(self, files: list[PageFile], *, version: int) -> None:
        if self.trouble:
            trouble, self.trouble = self.trouble, None
            raise trouble
        self.during()
        super().put(files, version=version)
        self.put_at.set()

    def keep_notes(self, notes: bytes, *, version: int) -> None:
        super().keep_notes(notes, version=version)
        self.runs += 1
        self.kept.release()


@pytest.fixture
def store(folder: Path) -> Watched:
    return Watched(folder)


@pytest.fixture
def site(store: Watched) -> Site:
    return Site(store, "https://shop.example", this_frontend)


@contextmanager
def keeping_up(house: House, site: Site) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=Publisher(house.shop, site).keep_up, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        house.shop.ports.edited.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def published(store: Watched) -> None:
    assert store.kept.acquire(timeout=PATIENCE)


def test_an_edit_wakes_the_publisher(house) -> None:
    drain_all(house)
    house.shop.ports.edited.clear()
    a_watch(house, "SBGX261")
    assert not house.shop.ports.edited.is_set()
    house.shop.drain()
    assert house.shop.ports.edited.is_set()


def test_an_edit_is_on_the_page_once_the_worker_heard_of_it(house, site, store, folder) -> None:
    with keeping_up(house, site):
        published(store)
        a_watch(house, "SBGX261")
        house.shop.drain()
        published(store)
        assert (folder / "watches/grand-seiko-heritage-sbgx261/index.html").is_file()


def test_an_import_of_many_watches_is_one_run(house, site, store, folder) -> None:
    rows = "".join(f"Omega,Seamaster,REF {number},Seamaster {number}\n" for number in range(2000))
    with keeping_up(house, site):
        published(store)
        file = ImportCatalogue((HEADER + rows).encode(), publish=True)
        assert house.shop.import_catalogue(file).created == 2000
        assert drain_all(house) >= 2000
        house.shop.ports.edited.set()  # the rival drained
        published(store)
        assert (folder / "watches/omega-seamaster-ref-1999/index.html").is_file()
    assert store.runs <= 3


def test_what_was_edited_while_nobody_listened_is_published_at_the_start(
    house, site, store, folder
) -> None:
    publish_once(house.shop, site)
    published(store)
    a_watch(house, "SBGX261")
    with keeping_up(house, site):
        published(store)
        assert (folder / "watches/grand-seiko-heritage-sbgx261/index.html").is_file()


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Unavailable("S3: away"), "publishing_waits"),
        (Overtaken("newer"), "publishing_waits"),
        (KeyError("a fault of ours"), "publishing_failed"),
    ],
    ids=["away", "overtaken", "fault"],
)
def test_trouble_is_told_and_the_next_edit_is_published(house, site, store, trouble, said) -> None:
    store.trouble = trouble
    with capture_logs() as lines, keeping_up(house, site):
        while not any(line["event"] == said for line in lines):
            assert not store.kept.acquire(timeout=0.01)
        house.shop.ports.edited.set()
        published(store)


def test_only_one_publisher_works_at_a_time(house, site, store) -> None:
    rival = Publisher(house.rival, site)
    seen: list[object] = []
    store.during = lambda: seen.append(rival.run())
    assert Publisher(house.shop, site).run() is not None
    assert set(seen) == {None}
    assert rival.run() is not None


def test_whoever_publishes_once_waits_for_its_turn(house, site) -> None:
    turn = turns.Turn.take(house.storage.duties)
    assert turn is not None
    with pytest.raises(StartError, match="another publisher is at work"):
        publish_once(house.shop, site, patience=3)
    turn.end()
    assert publish_once(house.shop, site).written > 0


def test_a_publisher_that_died_is_taken_over_from_in_time(house, site) -> None:
    assert turns.Turn.take(house.storage.duties) is not None
    house.clock.advance(timedelta(seconds=16).total_seconds())
    assert Publisher(house.shop, site).run() is not None


def test_a_turn_is_kept_while_there_is_work(house, site, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_EXTEND_EVERY", 0.0)
    rival = Publisher(house.rival, site)
    seen: list[object] = []

    def looking() -> bool:
        house.clock.advance(10.0)
        seen.append(rival.run())
        return len(seen) > 4

    Publisher(house.shop, site).run(stopped=looking)
    assert seen == [None] * 5


def test_who_lost_the_turn_writes_no_more(house, site, store, folder, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_EXTEND_EVERY", 0.0)

    def frozen_meanwhile() -> None:
        house.clock.advance(60.0)
        assert turns.Turn.take(house.storage.duties) is not None

    store.during = frozen_meanwhile
    with pytest.raises(Overtaken, match="another publisher took over"):
        Publisher(house.shop, site).run()
    assert not (folder / "watches").exists()
