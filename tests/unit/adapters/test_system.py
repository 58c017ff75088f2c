import os
import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from watchstore.adapters.system import SystemClock, SystemEntropy
from watchstore.adapters.system.entropy import CROCKFORD
from watchstore.domain.identifiers import OrderNumber


@pytest.fixture
def entropy():
    return SystemEntropy()


def test_the_time_is_now_in_utc():
    now = SystemClock().now()

    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=30)


def test_sleeping_takes_time():
    start = time.monotonic()
    SystemClock().sleep(0.01)

    assert time.monotonic() - start >= 0.01


def test_ids_are_uuids_of_version_7_that_tell_the_time(entropy):
    before = time.time_ns() // 1_000_000
    new = entropy.new_id()
    after = time.time_ns() // 1_000_000

    assert new.version == 7
    assert new.variant == "specified in RFC 4122"
    assert before <= new.int >> 80 <= after


def test_later_ids_are_larger(entropy, monkeypatch):
    moments = iter(range(1_700_000_000_000_000_000, 1_700_000_000_010_000_000, 1_000_000))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))
    ids = [entropy.new_id() for _ in range(10)]

    assert ids == sorted(ids)


def test_the_other_74_bits_of_an_id_are_random(entropy):
    ids = [entropy.new_id().int for _ in range(200)]
    ones, zeros = 0, 0
    for each in ids:
        ones |= each
        zeros |= ~each

    assert (ones & zeros & (2**80 - 1)).bit_count() == 74


def test_secrets_have_256_bits_and_are_safe_in_an_address(entropy):
    new = {entropy.new_secret() for _ in range(100)}

    assert len(new) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", each) for each in new)


def test_order_numbers_are_what_the_domain_parses(entropy):
    numbers = [entropy.new_order_number() for _ in range(100)]

    assert [OrderNumber.parse(each.text) for each in numbers] == numbers
    assert len(set(numbers)) == 100


def test_no_character_of_an_order_number_is_likelier_than_another(entropy, monkeypatch):
    every_byte = iter(bytes(range(256)) * 10)
    monkeypatch.setattr(os, "urandom", lambda size: bytes(next(every_byte) for _ in range(size)))
    text = "".join(entropy.new_order_number().text[3:] for _ in range(256))

    assert Counter(text) == dict.fromkeys(CROCKFORD, 80)
