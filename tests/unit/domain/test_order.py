"""Orders and payments: every step that is not allowed raises."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.harness.records import NOW, a_payment, a_watch, an_offer, an_order

from watchstore.domain import Delivery, Operation, OrderState, Parcel, PaymentState, PieceId
from watchstore.domain.errors import IllegalTransition, InvalidValue, NotInOrder
from watchstore.domain.order import NEXT
from watchstore.domain.payment import PENDING

AT = datetime(2026, 3, 2, tzinfo=UTC)
PARCEL = Parcel("DHL", "JD1")
ORDER = an_order(an_offer(a_watch()), PieceId(UUID(int=1)), PieceId(UUID(int=2)))
SENT = (Parcel("DHL", "JD1", ORDER.pieces),)
STEPS = {
    "pay": (OrderState.PAID, lambda order: order.pay(AT)),
    "cancel": (OrderState.CANCELLED, lambda order: order.cancel(AT, by="buyer")),
    "dispatch": (OrderState.DISPATCHING, lambda order: order.dispatch(PARCEL, AT, by="clerk")),
    "ship": (OrderState.SHIPPED, lambda order: order.ship(AT)),
    "deliver": (OrderState.DELIVERED, lambda order: order.deliver(AT, by="clerk")),
    "recall": (OrderState.PAID, lambda order: order.recall(AT, reason="refused")),
}


def in_state(state):
    stays = {OrderState.AWAITING_PAYMENT, OrderState.PAID, OrderState.CANCELLED}
    return replace(ORDER, state=state, parcels=() if state in stays else SENT)


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("step", STEPS)
def test_an_order_takes_the_steps_of_its_state_and_no_other(state, step):
    target, go = STEPS[step]
    order = in_state(state)
    if target in NEXT[state]:
        gone = go(order)
        assert (gone.state, gone.timeline[-1].state, gone.timeline[-1].at) == (target, target, AT)
        assert gone.timeline[:-1] == order.timeline
    else:
        with pytest.raises(IllegalTransition) as refusal:
            go(order)
        assert refusal.value.details == {"state": state}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_whatever_is_tried_only_allowed_steps_are_on_the_timeline(steps):
    order = ORDER
    for step in steps:
        try:
            order = STEPS[step][1](order)
        except IllegalTransition:
            continue
    states = [entry.state for entry in order.timeline]
    assert states[0] is OrderState.AWAITING_PAYMENT
    assert all(after in NEXT[before] for before, after in pairwise(states))
    assert order.state is states[-1]


def test_ends_have_no_way_out():
    assert NEXT[OrderState.DELIVERED] == NEXT[OrderState.CANCELLED] == frozenset()
    assert set(NEXT) == set(OrderState)


def test_a_recalled_parcel_is_forgotten():
    sent = ORDER.pay(AT).dispatch(PARCEL, AT, by="clerk")
    assert sent.parcels == SENT
    recalled = sent.recall(AT, reason="capture refused")
    assert (recalled.parcels, recalled.timeline[-1].note) == ((), "capture refused")


class TestParcels:
    ONE, TWO = ORDER.pieces
    FIRST = Parcel("DHL", "JD1", (ONE,))

    def test_the_first_of_two_sends_a_part(self):
        part = ORDER.pay(AT).dispatch(self.FIRST, AT, by="clerk").ship(AT)
        assert (part.state, part.unsent) == (OrderState.PARTLY_SHIPPED, (self.TWO,))
        whole = part.send(PARCEL, AT, by="clerk")
        assert (whole.state, whole.unsent) == (OrderState.SHIPPED, ())
        assert whole.parcels == (self.FIRST, replace(PARCEL, pieces=(self.TWO,)))
        assert whole.deliver(AT, by="clerk").delivered_at == AT

    def test_one_of_three_leaves_it_in_part(self):
        three = PieceId(UUID(int=3))
        order = an_order(an_offer(a_watch()), self.ONE, self.TWO, three).pay(AT)
        part = order.dispatch(self.FIRST, AT, by="clerk").ship(AT)
        part = part.send(replace(PARCEL, pieces=(self.TWO,)), AT, by="clerk")
        assert (part.state, part.unsent) == (OrderState.PARTLY_SHIPPED, (three,))

    @pytest.mark.parametrize("pieces", [(PieceId(UUID(int=9)),), (ONE,)])
    def test_hold_what_is_in_the_order_and_not_sent_yet(self, pieces):
        part = ORDER.pay(AT).dispatch(self.FIRST, AT, by="clerk").ship(AT)
        with pytest.raises(NotInOrder):
            part.send(replace(PARCEL, pieces=pieces), AT, by="clerk")

    @pytest.mark.parametrize("state", sorted({*OrderState} - {OrderState.PARTLY_SHIPPED}))
    def test_follow_only_while_a_part_is_sent(self, state):
        with pytest.raises(IllegalTransition):
            in_state(state).send(PARCEL, AT, by="clerk")

    def test_are_filled_by_line(self):
        offer = ORDER.lines[0].offer_id
        assert ORDER.pick({offer: 1}, (self.TWO,)) == (self.TWO,)
        with pytest.raises(NotInOrder) as refusal:
            ORDER.pick({offer: 3}, ORDER.pieces)
        assert refusal.value.details == {"offer_id": str(offer), "left": 2}


class TestLeavingOut:
    ONE, TWO = ORDER.pieces
    PART = ORDER.pay(AT).dispatch(Parcel("DHL", "JD1", (ONE,)), AT, by="clerk").ship(AT)

    def test_ends_what_was_sent_in_part(self):
        short = self.PART.leave_out(AT, by="manager", reason="water inside")
        assert (short.state, short.left_out, short.unsent) == (OrderState.SHIPPED, (self.TWO,), ())
        assert short.sent == {self.ONE}
        last = short.timeline[-1]
        assert (last.state, last.by) == (OrderState.SHIPPED, "manager")
        assert last.note == "rest left out: water inside"
        assert self.PART.leave_out(AT, by="manager").timeline[-1].note == "rest left out"
        with pytest.raises(IllegalTransition):
            short.send(PARCEL, AT, by="clerk")
        assert short.deliver(AT, by="clerk").left_out == (self.TWO,)

    @pytest.mark.parametrize("state", sorted({*OrderState} - {OrderState.PARTLY_SHIPPED}))
    def test_is_for_what_was_sent_in_part_alone(self, state):
        with pytest.raises(IllegalTransition) as refusal:
            in_state(state).leave_out(AT, by="manager")
        assert refusal.value.details == {"state": state}

    def test_says_why_in_plain_words(self):
        with pytest.raises(InvalidValue):
            self.PART.leave_out(AT, by="manager", reason="x" * 201)


def test_those_named_first_are_picked_first():
    one, two = ORDER.pieces
    assert ORDER.pick({ORDER.lines[0].offer_id: 1}, (two, one)) == (two,)


def test_a_line_counts_its_pieces():
    assert ORDER.lines[0].quantity == 2
    assert ORDER.pieces == (PieceId(UUID(int=1)), PieceId(UUID(int=2)))


def test_an_order_says_where_it_goes():
    with pytest.raises(InvalidValue):
        replace(ORDER, address=None)
    assert replace(ORDER, address=None, delivery=Delivery.PICK_UP).address is None
    with pytest.raises(InvalidValue):
        replace(ORDER, lines=())


@pytest.mark.parametrize("reason", ["x" * 201, "bell \x07"])
def test_a_reason_is_plain_and_short(reason):
    with pytest.raises(InvalidValue):
        ORDER.cancel(AT, by="buyer", reason=reason)


def test_a_parcel_is_named():
    assert Parcel.parse(carrier=" DHL ", tracking="JD  1") == Parcel("DHL", "JD 1")
    with pytest.raises(InvalidValue):
        Parcel.parse(carrier="", tracking="JD1")


PAYMENT = a_payment(ORDER)
ALLOWED = {
    (PaymentState.AUTHORISED, "capture"): PaymentState.CAPTURING,
    (PaymentState.AUTHORISED, "void"): PaymentState.VOIDING,
    (PaymentState.AUTHORISING, "authorise yes"): PaymentState.AUTHORISED,
    (PaymentState.AUTHORISING, "authorise no"): PaymentState.DECLINED,
    (PaymentState.CAPTURING, "capture yes"): PaymentState.CAPTURED,
    (PaymentState.CAPTURING, "capture no"): PaymentState.AUTHORISED,
    (PaymentState.VOIDING, "void yes"): PaymentState.VOIDED,
    (PaymentState.VOIDING, "void no"): PaymentState.VOIDING,
}
ACTS = {
    "capture": lambda payment: payment.capture(),
    "void": lambda payment: payment.void(),
    **{
        f"{operation} {'yes' if approved else 'no'}": (
            lambda payment, operation=operation, approved=approved: payment.answered(
                operation, approved=approved, reference="ref", reason=None if approved else "no"
            )
        )
        for operation in Operation
        for approved in (True, False)
    },
}


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("act", ACTS)
def test_a_payment_does_what_its_state_allows_and_nothing_else(state, act):
    payment = replace(PAYMENT, state=state)
    if (state, act) in ALLOWED:
        assert ACTS[act](payment).state is ALLOWED[state, act]
    else:
        with pytest.raises(IllegalTransition):
            ACTS[act](payment)


def test_a_payment_remembers_the_answer():
    declined = PAYMENT.answered(
        Operation.AUTHORISE, approved=False, reference="ref", reason="insufficient_funds"
    )
    assert (declined.reference, declined.reason) == ("ref", "insufficient_funds")
    authorised = PAYMENT.answered(Operation.AUTHORISE, approved=True, reference="ref")
    captured = authorised.capture().answered(Operation.CAPTURE, approved=True, reference="")
    assert (captured.reference, captured.reason) == ("ref", None)


def test_only_the_states_between_await_an_answer():
    awaiting = {state for state in PaymentState if replace(PAYMENT, state=state).pending}
    assert awaiting == set(PENDING)
    assert PAYMENT.pending is Operation.AUTHORISE


def test_what_is_asked_again_after_a_refusal_has_another_key():
    capturing = PAYMENT.answered(Operation.AUTHORISE, approved=True, reference="ref").capture()
    first = capturing.key(Operation.CAPTURE)
    assert replace(capturing, reason="no answer").key(Operation.CAPTURE) == first
    refused = capturing.answered(Operation.CAPTURE, approved=False, reference="", reason="blocked")
    again = refused.capture()
    assert (again.refusals, again.reference) == (1, "ref")
    assert again.key(Operation.CAPTURE) == f"{first}:2"
    assert (again.awaits(f"{first}:2"), again.awaits(first), refused.awaits(first)) == (
        True,
        False,
        False,
    )
    assert again.key(Operation.AUTHORISE) == PAYMENT.key(Operation.AUTHORISE)
    voiding = refused.void().answered(Operation.VOID, approved=False, reference="", reason="no")
    assert (voiding.state, voiding.key(Operation.VOID)) == (
        PaymentState.VOIDING,
        f"{PAYMENT.id}:void:3",
    )


def test_each_operation_has_one_key_for_all_its_repetitions():
    keys = {PAYMENT.key(operation) for operation in Operation}
    assert len(keys) == 3
    assert PAYMENT.key(Operation.VOID) == replace(PAYMENT, state=PaymentState.VOIDING).key(
        Operation.VOID
    )
    assert PAYMENT.started_at == NOW
