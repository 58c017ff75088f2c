from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchstore.entrypoints.testgateway.rules import Sums

AUTHORISED = Sums(authorised=1000)
CAPTURED = Sums(authorised=1000, captured=1000)
VOIDED = Sums(authorised=1000, voided=1000)
DECLINED = Sums()


@pytest.mark.parametrize(
    ("sums", "amount", "reason"),
    [
        (AUTHORISED, 1000, None),
        (AUTHORISED, 1001, "exceeds_authorised"),
        (replace(AUTHORISED, captured=999), 1, None),
        (CAPTURED, 1, "exceeds_authorised"),
        (VOIDED, 1, "already_voided"),
        (DECLINED, 1, "not_authorised"),
    ],
)
def test_capture(sums, amount, reason):
    assert sums.why_not_capture(amount) == reason


@pytest.mark.parametrize(
    ("sums", "reason"),
    [
        (AUTHORISED, None),
        (replace(AUTHORISED, captured=1), "already_captured"),
        (VOIDED, "already_voided"),
        (DECLINED, "not_authorised"),
    ],
)
def test_void(sums, reason):
    assert sums.why_not_void() == reason


@pytest.mark.parametrize(
    ("sums", "amount", "reason"),
    [
        (CAPTURED, 1000, None),
        (CAPTURED, 1001, "exceeds_captured"),
        (replace(CAPTURED, refunded=999), 1, None),
        (replace(CAPTURED, refunded=1000), 1, "exceeds_captured"),
        (AUTHORISED, 1, "not_captured"),
        (VOIDED, 1, "not_captured"),
        (DECLINED, 1, "not_captured"),
    ],
)
def test_refund(sums, amount, reason):
    assert sums.why_not_refund(amount) == reason


MOVES = st.lists(st.tuples(st.sampled_from(["capture", "void", "refund"]), st.integers(1, 60)))


@given(authorised=st.integers(0, 100), moves=MOVES)
def test_whatever_is_tried_no_more_comes_out_than_went_in(authorised, moves):
    sums = Sums(authorised=authorised)
    for move, amount in moves:
        if move == "capture" and sums.why_not_capture(amount) is None:
            sums = replace(sums, captured=sums.captured + amount)
        if move == "void" and sums.why_not_void() is None:
            sums = replace(sums, voided=sums.authorised)
        if move == "refund" and sums.why_not_refund(amount) is None:
            sums = replace(sums, refunded=sums.refunded + amount)
        assert sums.refunded <= sums.captured <= sums.authorised
        assert not (sums.voided and sums.captured)
