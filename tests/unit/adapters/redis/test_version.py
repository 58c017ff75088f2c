import pytest

from watchstore.adapters.redis.version import RememberedVersion


class Catalogue:
    """Its version, the clock, and how long asking takes."""

    def __init__(self) -> None:
        self.version = 1
        self.now = 100.0
        self.takes = 0.0
        self.asked = 0

    def ask(self) -> int:
        self.asked += 1
        answer = self.version
        self.now += self.takes
        return answer

    def time(self) -> float:
        return self.now


@pytest.fixture
def catalogue():
    return Catalogue()


@pytest.fixture
def remembered(catalogue):
    return RememberedVersion(catalogue.ask, now=catalogue.time)


def test_it_is_asked_once_a_second(catalogue, remembered):
    answers = []
    for _ in range(4):
        answers.append(remembered())
        catalogue.now += 0.3

    assert answers == [1, 1, 1, 1]
    assert catalogue.asked == 1


def test_an_edit_shows_after_a_second(catalogue, remembered):
    remembered()
    catalogue.version = 2
    catalogue.now += 1.0

    assert remembered() == 2


def test_the_second_begins_before_a_slow_question(catalogue, remembered):
    catalogue.takes = 0.8
    remembered()
    catalogue.version = 2
    catalogue.now += 0.2

    assert remembered() == 2


def test_a_failure_is_not_remembered(catalogue):
    def fail() -> int:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        RememberedVersion(fail, now=catalogue.time)()
    assert RememberedVersion(catalogue.ask, now=catalogue.time)() == 1
