"""Time, chance and passwords: what every implementation of these small ports owes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from watchstore.adapters.argon2 import Argon2Hasher
from watchstore.adapters.memory import FrozenClock, MemoryHasher, SeededEntropy
from watchstore.adapters.system import SystemClock, SystemEntropy
from watchstore.domain import OrderNumber


@pytest.fixture(params=[lambda: SeededEntropy(1), SystemEntropy], ids=["seeded", "system"])
def entropy(request):
    return request.param()


@pytest.fixture(params=[lambda: FrozenClock(datetime.now(UTC)), SystemClock], ids=["frozen", "sys"])
def clock(request):
    return request.param()


@pytest.fixture(params=[MemoryHasher, lambda: Argon2Hasher(2)], ids=["memory", "argon2"])
def hasher(request):
    return request.param()


class TestEntropy:
    def test_never_repeats_itself(self, entropy):
        for draw in (entropy.new_id, entropy.new_secret, entropy.new_order_number):
            assert len({draw() for _ in range(500)}) == 500

    def test_gives_secrets_of_256_bits_that_fit_in_an_address(self, entropy):
        secret = entropy.new_secret()
        assert len(secret) * 6 >= 256
        assert secret.replace("-", "").replace("_", "").isalnum()
        assert secret.isascii()

    def test_gives_order_numbers_that_can_be_read_back(self, entropy):
        number = entropy.new_order_number()
        assert OrderNumber.parse(number.text) == number

    def test_can_be_shared_by_threads(self, entropy):
        with ThreadPoolExecutor(8) as threads:
            drawn = list(threads.map(lambda _: entropy.new_id(), range(400)))
        assert len(set(drawn)) == 400


def test_the_same_seed_gives_the_same_chance():
    one, two, other = SeededEntropy(1), SeededEntropy(1), SeededEntropy(2)
    assert [one.new_id(), one.new_secret()] == [two.new_id(), two.new_secret()]
    assert one.new_id() != other.new_id()


class TestClock:
    def test_says_its_time_in_utc(self, clock):
        assert clock.now().utcoffset() == timedelta(0)
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)

    def test_is_later_after_a_sleep(self, clock):
        before = clock.now()
        clock.sleep(0.001)
        assert clock.now() - before >= timedelta(seconds=0.001)


def test_a_frozen_clock_goes_on_when_told():
    clock = FrozenClock(datetime(2026, 3, 1, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.advance(90)
    assert clock.now() == datetime(2026, 3, 1, 0, 1, 30, tzinfo=UTC)


class TestHasher:
    def test_knows_the_password_and_no_other(self, hasher):
        kept = hasher.hash("correct horse")
        assert hasher.verify("correct horse", kept) is True
        assert hasher.verify("Correct horse", kept) is False
        assert "correct horse" not in kept

    def test_refuses_when_there_is_no_hash(self, hasher):
        assert hasher.verify("anything", None) is False
        assert hasher.verify("", None) is False

    def test_takes_any_text(self, hasher):
        for password in ("Ünïcödé €", "x" * 256, " "):
            assert hasher.verify(password, hasher.hash(password)) is True
