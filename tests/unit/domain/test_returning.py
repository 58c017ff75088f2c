"""Returns: every step that is not allowed raises, and every one that is inspected can end."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.harness.records import NOW

from watchstore.domain import OrderId, PieceId, RefundId, Return, ReturnId, ReturnState
from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.returning import NEXT

ONE, TWO = (RefundId(UUID(int=number)) for number in (1, 2))
ASKED = Return(
    ReturnId(UUID(int=3)), OrderId(UUID(int=4)), (PieceId(UUID(int=5)),), "too large", NOW
)
STEPS = {
    "approve": (ReturnState.APPROVED, Return.approve),
    "decline": (ReturnState.DECLINED, lambda one: one.decline("")),
    "receive": (ReturnState.RECEIVED, Return.receive),
    "reject": (ReturnState.REJECTED, lambda one: one.reject("")),
    "accept": (ReturnState.ACCEPTED, lambda one: one.accept(ONE, restock=True)),
}


@pytest.mark.parametrize("state", ReturnState)
@pytest.mark.parametrize("step", STEPS)
def test_takes_the_steps_of_its_state_and_no_other(state, step):
    target, go = STEPS[step]
    returned = replace(ASKED, state=state)
    if target in NEXT[state]:
        assert go(returned).state is target
    else:
        with pytest.raises(IllegalTransition) as refusal:
            go(returned)
        assert refusal.value.details == {"state": state}


RECEIVED = replace(ASKED, state=ReturnState.RECEIVED)
ACCEPTED = RECEIVED.accept(ONE, restock=True, note="like new")


def test_for_which_nothing_is_left_to_be_paid_back_is_over():
    closed = RECEIVED.accept(None, restock=False, note="like new")
    assert (closed.state, closed.refund_id) == (ReturnState.REFUNDED, None)
    assert (closed.restocked, closed.note) == (False, "like new")
    assert closed.claims
    assert not closed.open
    assert RECEIVED.open
    assert not ACCEPTED.open


@pytest.mark.parametrize("state", sorted({*ReturnState} - {ReturnState.RECEIVED}))
@pytest.mark.parametrize("refund", [ONE, None])
def test_is_accepted_once_and_on_the_table(state, refund):
    with pytest.raises(IllegalTransition):
        replace(ASKED, state=state).accept(refund, restock=True)


def test_is_paid_by_another_refund_when_the_first_is_refused():
    assert ACCEPTED.repay(TWO) == replace(ACCEPTED, refund_id=TWO)
    closed = ACCEPTED.repay(None)
    assert closed == replace(ACCEPTED, state=ReturnState.REFUNDED)
    assert closed.note == "like new"


@pytest.mark.parametrize("state", sorted({*ReturnState} - {ReturnState.ACCEPTED}))
@pytest.mark.parametrize("refund", [TWO, None])
def test_is_not_paid_again_unless_it_was_accepted(state, refund):
    with pytest.raises(IllegalTransition):
        replace(ASKED, state=state).repay(refund)


@pytest.mark.parametrize("state", sorted({*ReturnState} - {ReturnState.ACCEPTED}))
def test_is_paid_back_once_it_was_accepted(state):
    assert ACCEPTED.paid_back().state is ReturnState.REFUNDED
    with pytest.raises(IllegalTransition):
        replace(ASKED, state=state).paid_back()


def test_is_of_something():
    with pytest.raises(InvalidValue):
        replace(ASKED, pieces=())
