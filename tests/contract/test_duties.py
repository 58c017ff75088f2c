"""A duty is one worker's at a time, and due again when that one says so."""

from datetime import timedelta

from tests.harness.racing import race

LASTING = timedelta(minutes=2)
DAY = timedelta(days=1)


def test_a_duty_is_taken_by_one_of_many(storage):
    tokens = race([lambda: storage.duties.take("tidy", lasting=LASTING)] * 12)
    assert sorted(tokens, key=str) == [1, *[None] * 11]
    assert storage.duties.take("settle", lasting=LASTING) == 1


def test_a_duty_that_is_done_is_due_again_in_time(storage, later):
    token = storage.duties.take("tidy", lasting=LASTING)
    storage.duties.done("tidy", token, again_in=DAY)
    later(timedelta(hours=23))
    assert storage.duties.take("tidy", lasting=LASTING) is None
    later(timedelta(hours=2))
    assert storage.duties.take("tidy", lasting=LASTING) == token + 1


def test_a_duty_of_a_dead_worker_is_taken_over_and_the_late_one_changes_nothing(storage, later):
    late = storage.duties.take("tidy", lasting=LASTING)
    later(LASTING + timedelta(seconds=1))
    owner = storage.duties.take("tidy", lasting=LASTING)
    assert owner == late + 1
    storage.duties.done("tidy", late, again_in=DAY)
    later(LASTING + timedelta(seconds=1))
    assert storage.duties.take("tidy", lasting=LASTING) == owner + 1


def test_a_long_duty_is_kept_by_saying_so(storage, later):
    token = storage.duties.take("publish", lasting=LASTING)
    later(LASTING - timedelta(seconds=5))
    assert storage.duties.extend("publish", token, lasting=LASTING)
    later(LASTING - timedelta(seconds=5))
    assert storage.duties.take("publish", lasting=LASTING) is None


def test_a_duty_that_was_lost_or_done_is_not_kept(storage, later):
    late = storage.duties.take("publish", lasting=LASTING)
    later(LASTING + timedelta(seconds=1))
    owner = storage.duties.take("publish", lasting=LASTING)
    assert not storage.duties.extend("publish", late, lasting=LASTING)
    storage.duties.done("publish", owner, again_in=timedelta(0))
    assert not storage.duties.extend("publish", owner, lasting=LASTING)
    assert storage.duties.take("publish", lasting=LASTING) == owner + 1
