import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis
from tests.support.own_redis import OwnRedis

from watchstore.adapters.redis import Client, RedisAway, connect
from watchstore.adapters.redis.breaker import Breaker
from watchstore.service_layer.ports import Unavailable


@pytest.fixture
def own(tmp_path):
    with OwnRedis(tmp_path) as server:
        yield server


@pytest.fixture
def client(own):
    client = connect(own.url)
    yield client
    client.close()


def seconds(work) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def refused(client: Client) -> None:
    with pytest.raises(RedisAway):
        client.get("key")


def test_what_is_put_is_got(client):
    client.put("key", b"value", milliseconds=10_000)

    assert client.get("key") == b"value"
    assert client.get("other") is None


def test_a_new_value_does_not_replace_one(client):
    assert client.put_new("key", b"first", milliseconds=10_000)
    assert not client.put_new("key", b"second", milliseconds=10_000)

    assert client.get("key") == b"first"


def test_a_dropped_value_is_gone(client):
    client.put_all(["a", "b"], b"value", milliseconds=10_000)
    client.drop("a")

    assert [client.get("a"), client.get("b")] == [None, b"value"]


def test_nothing_is_sent_before_the_first_command():
    connect("redis://127.0.0.1:1/0").close()


def test_a_frozen_redis_costs_one_time_out_and_then_nothing(own, client):
    client.get("key")
    own.freeze()

    assert seconds(lambda: refused(client)) < 1.0
    assert seconds(lambda: [refused(client) for _ in range(100)]) < 2.0


def test_connecting_to_a_frozen_redis_takes_no_longer(own, client):
    own.freeze()

    assert seconds(lambda: refused(client)) < 1.0


def test_threads_that_meet_a_frozen_redis_wait_at_the_same_time(own, client):
    client.get("key")
    own.freeze()

    def meet(_: int) -> None:
        for _ in range(10):
            refused(client)

    with ThreadPoolExecutor(8) as pool:
        assert seconds(lambda: list(pool.map(meet, range(8)))) < 2.0


def test_a_dead_redis_costs_nothing(own, client):
    client.get("key")
    own.kill()

    assert seconds(lambda: [refused(client) for _ in range(100)]) < 2.0


def test_a_thawed_redis_is_found_again_after_the_rest(own, client):
    now = [0.0]
    patient = Client(client._redis, Breaker(3.0, now=lambda: now[0]))
    own.freeze()
    refused(patient)
    own.thaw()
    refused(patient)
    now[0] = 3.0

    assert [patient.get("key"), patient.get("key")] == [None, None]


def test_a_restarted_redis_is_used_at_once(own, client):
    client.put("key", b"value", milliseconds=10_000)
    own.kill()
    own.start()

    assert client.get("key") is None


def test_a_full_redis_refuses_writes_and_is_still_read(own, client):
    client.put("key", b"value", milliseconds=10_000)
    with Redis.from_url(own.url) as operator:
        operator.config_set("maxmemory", 1)

    with pytest.raises(RedisAway):
        client.put("other", b"value", milliseconds=10_000)

    assert client.get("key") == b"value"


def test_a_demoted_redis_is_left_for_a_new_connection(own, client):
    client.put("key", b"value", milliseconds=10_000)
    with Redis.from_url(own.url) as operator:
        before = {each["id"] for each in operator.client_list()}
        operator.replicaof("127.0.0.1", 1)
        with pytest.raises(RedisAway):
            client.put("key", b"other", milliseconds=10_000)
        operator.replicaof("NO", "ONE")

        client.put("key", b"other", milliseconds=10_000)
        mine = [each for each in operator.client_list() if each["cmd"] == "set"]

    assert [each["id"] for each in mine if each["id"] in before] == []
    assert len(mine) == 1


def test_away_is_one_way_of_being_unavailable():
    assert issubclass(RedisAway, Unavailable)
