import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from redis import Redis
from tests.support.catalogue import CountedCatalogue
from tests.support.own_redis import OwnRedis

from watchstore.adapters.redis import CachedDocuments, Client, connect, documents
from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.queries import Document, Listing, Sort

WAIT = 30.0
OMEGA = Listing(text="omega")


@pytest.fixture
def catalogue():
    return CountedCatalogue()


def process(catalogue: CountedCatalogue, client: Client, version: int = 1) -> CachedDocuments:
    """A process of its own, as far as its memory goes."""
    return CachedDocuments(catalogue, lambda: version, client, lifetime=5.0)


def stored(redis: Redis) -> list[bytes]:
    return [key for key in redis.scan_iter() if not key.endswith(b":lock")]


@pytest.fixture
def cached(catalogue, client):
    return process(catalogue, client)


@pytest.mark.parametrize(
    "ask",
    [
        lambda documents: documents.listing(OMEGA),
        lambda documents: documents.watch("omega-speedmaster"),
        lambda documents: documents.watch("missing"),
        lambda documents: documents.suggest("om"),
        lambda documents: documents.brands(),
    ],
)
def test_each_question_is_asked_once_and_answered_alike(catalogue, cached, ask):
    answers = [ask(cached) for _ in range(3)]

    assert sum(catalogue.asked.values()) == 1
    assert answers == [ask(CountedCatalogue())] * 3


def test_another_process_finds_what_the_first_stored(catalogue, cached, client):
    cached.listing(OMEGA)
    process(catalogue, client).listing(OMEGA)

    assert catalogue.asked == {"listing omega": 1}


def test_a_hot_read_is_one_command(tmp_path, catalogue):
    with OwnRedis(tmp_path) as own, Redis.from_url(own.url) as operator:
        cached = process(catalogue, connect(own.url))
        cached.listing(OMEGA)
        before = operator.info("stats")["total_commands_processed"]
        cached.listing(OMEGA)
        after = operator.info("stats")["total_commands_processed"]

    assert after - before == 2  # one, and the first INFO


@pytest.mark.parametrize(
    "twin",
    [
        Listing(text="  Omega "),
        Listing(text="omega", sort=Sort.RELEVANCE, limit=24, cursor=None, filters={}),
    ],
)
def test_two_ways_to_ask_one_thing_are_one_question(catalogue, cached, twin):
    cached.listing(OMEGA)
    cached.listing(twin)

    assert sum(catalogue.asked.values()) == 1


def test_the_order_of_filters_does_not_matter(catalogue, cached):
    cached.listing(Listing(filters={"brand": ("a", "b"), "dial": ("blue",)}))
    cached.listing(Listing(filters={"dial": ("blue",), "brand": ("b", "a")}))

    assert sum(catalogue.asked.values()) == 1


@pytest.mark.parametrize(
    "other",
    [
        Listing(text="omega", limit=25),
        Listing(text="omega", cursor="x"),
        Listing(text="omega", sort=Sort.PRICE),
        Listing(text="omega", filters={"brand": ("omega",)}),
        Listing(text="ome ga"),
        Listing(text="omega\ud800"),
    ],
)
def test_different_questions_are_kept_apart(catalogue, cached, other):
    cached.listing(OMEGA)
    cached.listing(other)

    assert sum(catalogue.asked.values()) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"brand": ("a", "b"), "dial": ("c",)}, {"brand": ("a",), "dial": ("b", "c")}),
        ({"brand": ("a",)}, {"dial": ("a",)}),
        ({"brand": ("dial", "a")}, {"brand": (), "dial": ("a",)}),
    ],
)
def test_values_of_different_facets_are_kept_apart(catalogue, cached, first, second):
    cached.listing(Listing(filters=first))
    cached.listing(Listing(filters=second))

    assert sum(catalogue.asked.values()) == 2


def test_an_edit_of_the_catalogue_asks_again(catalogue, cached, client):
    cached.listing(OMEGA)
    catalogue.text = "second"

    assert process(catalogue, client, version=2).listing(OMEGA).etag == "etag-of-second"


def test_a_slow_reader_does_not_store_old_data_under_a_new_version(catalogue, client):
    read, edited = Event(), Event()

    def stall() -> None:
        read.set()
        assert edited.wait(WAIT)

    catalogue.before = stall
    version = [1]
    slow_process = CachedDocuments(catalogue, lambda: version[0], client, lifetime=5.0)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_process.listing, OMEGA)
        assert read.wait(WAIT)
        catalogue.text, version[0] = "second", 2
        edited.set()
        assert slow.result().etag == "etag-of-first"

    assert process(catalogue, client, version=2).listing(OMEGA).etag == "etag-of-second"


def test_a_document_lives_no_longer_than_its_availability_may_be_old(cached, redis):
    cached.listing(OMEGA)

    [left] = [redis.pttl(key) for key in stored(redis)]
    assert 0 < left <= 5000


def test_the_time_a_query_takes_is_part_of_the_lifetime(catalogue, client, redis):
    catalogue.before = lambda: time.sleep(0.2)
    CachedDocuments(catalogue, lambda: 1, client, lifetime=0.2).listing(OMEGA)

    assert stored(redis) == []


def test_a_crowd_at_a_cold_question_makes_one_query(catalogue, cached):
    start = Barrier(8)

    def ask() -> Document:
        start.wait(WAIT)
        return cached.listing(OMEGA)

    with ThreadPoolExecutor(8) as pool:
        answers = {future.result() for future in [pool.submit(ask) for _ in range(8)]}

    assert catalogue.asked == {"listing omega": 1}
    assert answers == {Document(b"first: listing omega\n", "etag-of-first")}


def test_of_two_processes_one_makes_the_query(catalogue, cached, client, redis, monkeypatch):
    monkeypatch.setattr(documents, "LOCK", WAIT)
    asked, answer = Event(), Event()

    def stall() -> None:
        asked.set()
        assert answer.wait(WAIT)

    catalogue.before = stall
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cached.listing, OMEGA)
        assert asked.wait(WAIT)
        second = pool.submit(process(catalogue, client).listing, OMEGA)
        end = time.monotonic() + WAIT
        while redis.info("commandstats")["cmdstat_get"]["calls"] < 4:
            assert time.monotonic() < end
        answer.set()
        assert second.result() == first.result()

    assert catalogue.asked == {"listing omega": 1}


def test_who_waits_for_a_dead_process_asks_for_itself(catalogue, cached, redis):
    cached.listing(OMEGA)
    [key] = stored(redis)
    redis.delete(key)
    redis.set(f"{key.decode()}:lock", "1")

    assert cached.listing(OMEGA).etag == "etag-of-first"
    assert catalogue.asked == {"listing omega": 2}


def test_a_refused_question_can_be_repeated_at_once(catalogue, cached, redis):
    def refuse() -> None:
        raise InvalidValue("cursor", "is unknown")

    catalogue.before = refuse
    for _ in range(2):
        with pytest.raises(InvalidValue):
            cached.listing(OMEGA)
        assert redis.keys() == []

    assert catalogue.asked == {"listing omega": 2}


def test_without_redis_the_catalogue_answers(catalogue):
    cached = process(catalogue, connect("redis://127.0.0.1:1/0"))

    assert cached.listing(OMEGA) == cached.listing(OMEGA) == CountedCatalogue().listing(OMEGA)
    assert cached.watch("missing") is None
    assert catalogue.asked == {"listing omega": 2, "watch missing": 1}


@pytest.mark.parametrize("harm", [OwnRedis.kill, OwnRedis.freeze])
def test_redis_may_go_away_during_a_query(tmp_path, catalogue, harm):
    with OwnRedis(tmp_path) as own:
        cached = process(catalogue, connect(own.url))
        catalogue.before = lambda: harm(own)

        assert cached.listing(OMEGA) == Document(b"first: listing omega\n", "etag-of-first")


def test_a_frozen_redis_costs_one_time_out_for_all_readers(tmp_path, catalogue):
    with OwnRedis(tmp_path) as own:
        cached = process(catalogue, connect(own.url))
        cached.listing(OMEGA)
        own.freeze()
        start = time.monotonic()
        for number in range(50):
            cached.listing(Listing(text=f"text {number}"))

        assert time.monotonic() - start < 3.0


@pytest.mark.parametrize("with_redis", [True, False])
def test_a_crowd_in_one_process_waits_for_one_thread(request, catalogue, with_redis):
    url = request.getfixturevalue("redis_url") if with_redis else "redis://127.0.0.1:1/0"
    cached = process(catalogue, connect(url))

    def stall() -> None:
        [flight] = cached._flights._under_way.values()
        end = time.monotonic() + WAIT
        while len(flight._waiters) < 3:
            assert time.monotonic() < end
            time.sleep(0.001)

    catalogue.before = stall
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(cached.listing, OMEGA) for _ in range(4)]
        assert {each.result().etag for each in answers} == {"etag-of-first"}

    assert catalogue.asked == {"listing omega": 1}
