import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID

import pytest
from tests.support.own_redis import OwnRedis

from watchstore.adapters.redis import CachedSessions, RedisAway, connect, sessions
from watchstore.domain.identifiers import Email, SessionId, UserId
from watchstore.domain.user import Role, User
from watchstore.service_layer.ports import SignedIn

WAIT = 30.0
MARIE = User(
    UserId(UUID(int=1)),
    Email("marie@example.com"),
    "Marie Ångström",
    "$argon2id$secret",
    datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    role=Role.CLERK,
    verified_at=datetime(2026, 1, 3, tzinfo=UTC),
)


def signed_in(lasting: timedelta = timedelta(days=1)) -> SignedIn:
    return SignedIn(SessionId(UUID(int=2)), MARIE, datetime.now(UTC) + lasting)


class Database:
    """The truth about sessions: counts questions; `during` is called inside each."""

    def __init__(self, **live: SignedIn) -> None:
        self.live = live
        self.asked = 0
        self.fresh = False
        self.during = lambda: None

    def find(self, secret_hash, *, fresh=False):
        self.asked += 1
        self.fresh = fresh
        found = self.live.get(secret_hash)
        self.during()
        return found

    def forget(self, secret_hashes):
        pass


@pytest.fixture
def database():
    return Database(a=signed_in())


@pytest.fixture
def cached(database, client):
    return CachedSessions(database, client)


def test_a_session_is_asked_for_once(database, cached):
    found = [cached.find("a") for _ in range(3)]

    assert database.asked == 1
    assert found[0] == database.live["a"]
    assert found[1] == found[2] == replace(found[0], user=replace(MARIE, password_hash=""))


def test_a_disabled_account_is_remembered_as_one(database, client):
    database.live["a"] = replace(signed_in(), user=MARIE.disable(datetime.now(UTC)))
    cached = CachedSessions(database, client)
    first, second = cached.find("a"), cached.find("a")

    assert second.user.disabled_at == first.user.disabled_at is not None


def test_fresh_asks_the_database_whatever_is_remembered(database, cached):
    cached.find("a")
    del database.live["a"]

    assert cached.find("a", fresh=True) is None
    assert database.asked == 2
    assert database.fresh


def test_an_unknown_secret_is_not_remembered(database, cached):
    assert cached.find("b") is None
    database.live["b"] = signed_in()

    assert cached.find("b") == database.live["b"]


def test_an_ended_session_is_gone_without_a_question(database, cached):
    cached.find("a")
    cached.forget(["a"])

    assert cached.find("a") is None
    assert database.asked == 1


def test_ended_sessions_leave_the_others_alone(database, cached):
    database.live.update(b=signed_in(), c=signed_in())
    cached.forget(["a", "b"])

    assert cached.find("c") == database.live["c"]


def test_forgetting_none_needs_no_redis(database):
    away = connect("redis://127.0.0.1:1/0")

    CachedSessions(database, away, insist=True).forget([])


def test_a_slow_reader_does_not_revive_an_ended_session(database, cached):
    read, ended = Event(), Event()

    def stall() -> None:
        read.set()
        assert ended.wait(WAIT)

    database.during = stall
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(cached.find, "a")
        assert read.wait(WAIT)
        del database.live["a"]
        cached.forget(["a"])
        ended.set()
        slow.result()

    assert cached.find("a") is None


def test_a_reader_slower_than_allowed_remembers_nothing(cached, redis, monkeypatch):
    monkeypatch.setattr(sessions, "LATEST_FILL", 0.0)
    cached.find("a")

    assert redis.keys() == []


def test_a_tombstone_outlives_every_late_fill(cached, redis):
    cached.forget(["a"])

    assert redis.ttl("{session:a}") > 2 * (sessions.MEMORY + sessions.LATEST_FILL)


@pytest.mark.parametrize(("lasting", "longest"), [(86_400, 30), (10, 10)])
def test_a_session_is_remembered_for_half_a_minute_and_never_past_its_end(
    database, cached, redis, lasting, longest
):
    database.live["a"] = signed_in(timedelta(seconds=lasting))
    cached.find("a")

    assert 0 < redis.pttl("{session:a}") <= longest * 1000


def test_a_session_past_its_end_is_not_remembered(database, cached, redis):
    database.live["a"] = signed_in(timedelta(0))
    cached.find("a")

    assert redis.keys() == []


def test_what_a_frozen_redis_stored_late_is_not_believed(database, cached, redis):
    cached.find("a")
    row = json.loads(redis.get("{session:a}"))
    redis.set("{session:a}", json.dumps(row | {"until": 0}))

    cached.find("a")

    assert database.asked == 2


def test_no_password_hash_is_remembered(cached, redis):
    cached.find("a")
    row = json.loads(redis.get("{session:a}"))

    assert row["email"] == "marie@example.com"
    assert MARIE.password_hash not in map(str, row.values())


def test_without_redis_the_database_answers(tmp_path, database):
    with OwnRedis(tmp_path) as own:
        cached = CachedSessions(database, connect(own.url))
        cached.find("a")
        own.kill()

        assert cached.find("a") == database.live["a"]
        cached.forget(["a"])


def test_a_redis_that_dies_while_the_database_answers_is_no_error(tmp_path, database):
    with OwnRedis(tmp_path) as own:
        cached = CachedSessions(database, connect(own.url))
        database.during = own.kill

        assert cached.find("a") == database.live["a"]


def test_the_worker_insists_on_telling_redis(database):
    away = connect("redis://127.0.0.1:1/0")

    with pytest.raises(RedisAway):
        CachedSessions(database, away, insist=True).forget(["a"])
