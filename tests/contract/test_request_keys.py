"""Idempotency keys: one request does the work, its twins get its answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.harness.racing import race
from tests.harness.records import a_request_key

from watchstore.domain import OrderId
from watchstore.service_layer.ports import Earlier


def claim(storage, key, **more):
    with storage.begin() as uow:
        earlier = uow.keys.claim(key, **more)
        uow.commit()
        return earlier


def peek(storage, key):
    with storage.begin() as uow:
        return uow.keys.peek(key)


def test_a_key_is_claimed_once(storage):
    key = a_request_key()
    assert claim(storage, key) is None
    assert claim(storage, key) == Earlier("fingerprint", None)


def test_another_actor_or_another_key_is_not_earlier(storage):
    key = a_request_key()
    claim(storage, key)
    assert claim(storage, a_request_key(actor="another", key=key.key)) is None
    assert claim(storage, a_request_key()) is None


def test_the_first_fingerprint_is_what_counts(storage):
    key = a_request_key()
    claim(storage, key)
    other = a_request_key(key=key.key, fingerprint="another")
    assert claim(storage, other) == Earlier("fingerprint", None)


def test_an_answer_is_given_again(storage):
    key = a_request_key()
    answer = {"refusal": {"code": "sold_out", "details": {"retry_after": 30}}, "list": [1, None]}
    with storage.begin() as uow:
        uow.keys.claim(key)
        uow.keys.answer(key, answer)
        uow.commit()
    assert claim(storage, key) == peek(storage, key) == Earlier("fingerprint", answer)


def test_an_order_answers_the_request_that_made_it_once(storage):
    key, order_id = a_request_key(), OrderId(uuid4())
    claim(storage, key, order_id=order_id)
    for answer in ({"n": 1}, {"n": 2}):
        with storage.begin() as uow:
            uow.keys.answer_order(order_id, answer)
            uow.commit()
    assert peek(storage, key) == Earlier("fingerprint", {"n": 1})


def test_an_order_without_a_key_answers_nobody(storage):
    key = a_request_key()
    claim(storage, key)
    with storage.begin() as uow:
        uow.keys.answer_order(OrderId(uuid4()), {"n": 1})
        uow.commit()
    assert peek(storage, key) == Earlier("fingerprint", None)


def test_peek_sees_what_is_committed_and_never_waits(storage):
    key = a_request_key()
    assert peek(storage, key) is None
    with storage.begin() as uow:
        uow.keys.claim(key)
        assert peek(storage, key) is None
        uow.commit()
    assert peek(storage, key) == Earlier("fingerprint", None)


@pytest.mark.parametrize("commits", [True, False])
def test_a_twin_waits_and_then_knows(storage, threads, until_waiting, commits):
    key = a_request_key()
    with storage.begin() as uow:
        uow.keys.claim(key)
        uow.keys.answer(key, {"n": 1})
        twin = threads.submit(claim, storage, key)
        until_waiting(1)
        assert not twin.done()
        if commits:
            uow.commit()
    assert twin.result(10) == (Earlier("fingerprint", {"n": 1}) if commits else None)


def test_of_many_twins_one_does_the_work(storage):
    key = a_request_key()

    def work():
        with storage.begin() as uow:
            if earlier := uow.keys.claim(key):
                return earlier.answer
            uow.keys.answer(key, {"made": 1})
            uow.commit()
            return "made"

    outcomes = race([work] * 24)
    assert outcomes.count("made") == 1
    assert outcomes.count({"made": 1}) == 23


def test_a_savepoint_keeps_the_key_and_drops_the_work(storage):
    key = a_request_key()
    with storage.begin() as uow:
        uow.keys.claim(key)
        with pytest.raises(LookupError), uow.savepoint():
            uow.keys.answer(key, {"n": 1})
            raise LookupError
        uow.keys.answer(key, {"n": 2})
        uow.commit()
    assert peek(storage, key) == Earlier("fingerprint", {"n": 2})


def test_a_key_lives_for_24_hours(storage, later):
    key, order_id = a_request_key(), OrderId(uuid4())
    claim(storage, key, order_id=order_id)
    later(timedelta(hours=23, minutes=59))
    assert claim(storage, key) == peek(storage, key) == Earlier("fingerprint", None)
    later(timedelta(minutes=2))
    assert peek(storage, key) is None
    other = a_request_key(key=key.key, fingerprint="another")
    assert claim(storage, other, order_id=OrderId(uuid4())) is None
    assert peek(storage, key) == Earlier("another", None)


def test_an_old_key_is_claimed_anew_by_one_of_many(storage, later):
    key = a_request_key()
    claim(storage, key)
    later(timedelta(hours=25))

    def work():
        return claim(storage, key)

    outcomes = race([work] * 12)
    assert outcomes.count(None) == 1
    assert outcomes.count(Earlier("fingerprint", None)) == 11


def test_tidying_removes_old_keys_only(storage, later):
    old, new = a_request_key(), a_request_key()
    claim(storage, old)
    later(timedelta(hours=25))
    claim(storage, new)
    assert storage.deliveries.tidy(older_than=timedelta(days=30)) == 1
    assert peek(storage, new) == Earlier("fingerprint", None)
    assert storage.deliveries.tidy(older_than=timedelta(days=30)) == 0
