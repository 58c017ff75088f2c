import pytest

from watchstore.adapters.redis.breaker import Breaker


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def breaker(seconds):
    return Breaker(3.0, now=seconds)


def test_everybody_is_admitted_while_all_is_well(breaker):
    breaker.worked()

    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_nobody_is_admitted_after_a_failure(breaker, seconds):
    breaker.failed()
    seconds.now += 2.9

    assert not breaker.admits()


def test_one_caller_tries_again_after_the_rest_and_the_others_wait(breaker, seconds):
    breaker.failed()
    seconds.now += 3.0

    assert [breaker.admits() for _ in range(3)] == [True, False, False]


def test_all_are_admitted_once_the_probe_worked(breaker, seconds):
    breaker.failed()
    seconds.now += 3.0
    breaker.admits()

    breaker.worked()

    assert [breaker.admits() for _ in range(2)] == [True, True]


def test_a_failed_probe_begins_another_rest(breaker, seconds):
    breaker.failed()
    seconds.now += 3.0
    breaker.admits()
    seconds.now += 0.5

    breaker.failed()

    seconds.now += 2.9
    assert not breaker.admits()
    seconds.now += 0.1
    assert breaker.admits()


def test_a_probe_that_never_comes_back_is_followed_by_another(breaker, seconds):
    breaker.failed()
    seconds.now += 3.0
    assert breaker.admits()
    seconds.now += 3.0

    assert breaker.admits()


def test_only_the_first_failure_is_news(breaker):
    assert [breaker.failed(), breaker.failed()] == [True, False]
    breaker.worked()
    assert breaker.failed()
