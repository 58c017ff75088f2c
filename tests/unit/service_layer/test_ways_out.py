"""No dead ends: each step that the tables allow is taken by somebody, and each state has an end.

The tables are the domain's own. Who takes a step is the buyer, a member of staff, or the worker.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import pytest
from tests.harness.language import (
    GUEST,
    an_offer,
    buy,
    cancel,
    decide,
    deliver,
    drain_all,
    inspect,
    leave_out,
    payment_of,
    refund,
    send_back,
    ship,
    told,
    view,
)
from tests.harness.shop import House
from tests.harness.steps import Crash

from watchstore.domain import Money, OrderNumber, OrderState, order, payment, returning
from watchstore.domain import refund as refunds
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import ConfirmPayment, RepayReturn, Wanted

MACHINES: Mapping[str, Mapping[StrEnum, frozenset[StrEnum]]] = {
    "order": order.NEXT,
    "payment": payment.NEXT,
    "refund": refunds.NEXT,
    "return": returning.NEXT,
}
EDGES = [
    f"{name} {before} {after}"
    for name, table in MACHINES.items()
    for before, following in table.items()
    for after in sorted(following)
]
# Somebody moved money behind the shop's back, which `verify` tells.
ODD = {"refund pending refused": pytest.mark.breaks("refunded_amount")}


class Walk:
    """One order of two watches, and whoever does something about it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.offer = an_offer(house, 2)

    def buys(self, card: str = "tok_accepted") -> None:
        buy(self.house, self.offer, 2, card=card)

    @property
    def receipt(self) -> Receipt:
        (card,) = self.house.shop.orders.orders().items
        return Receipt(card.number, card.state, card.amount, card.currency, card.placed_at)

    def cancels(self) -> None:
        cancel(self.house, self.receipt)

    def ships(self, *lines: Wanted) -> None:
        ship(self.house, self.receipt, *lines)

    def ships_one(self) -> None:
        self.ships(Wanted(self.offer))

    def leaves_out_the_rest(self) -> None:
        leave_out(self.house, self.receipt)

    def delivers(self) -> None:
        deliver(self.house, self.receipt)

    def asks_to_return(self) -> None:
        self.returned = send_back(self.house, self.receipt, Wanted(self.offer))

    def decides(self, *states: str) -> None:
        for state in states:
            decide(self.house, self.receipt, self.returned, state)

    def inspects(self, *, accepted: bool = True) -> None:
        inspect(self.house, self.receipt, self.returned, accepted=accepted)

    def repays(self) -> None:
        number = OrderNumber(self.receipt.number)
        self.house.shop.repay_return(RepayReturn(number, self.returned, "manager"))

    def asks_about_the_payment(self) -> None:
        number = OrderNumber(self.receipt.number)
        self.house.shop.confirm_payment(ConfirmPayment(number, GUEST))

    def refunds_all(self) -> None:
        refund(self.house, self.receipt)

    def without_an_answer(self, call: str, act: Callable[[], object]) -> None:
        """The process dies with the gateway's answer in its hands."""
        self.house.steps.crash(f"gateway.{call}:after")
        with pytest.raises(Crash):
            act()

    def worker_comes(self) -> None:
        self.house.clock.advance(7)
        drain_all(self.house)

    def states(self) -> dict[str, list[str]]:
        if not self.house.shop.orders.orders().items:
            return {}
        shown = view(self.house, self.receipt)
        return {
            "order": [shown.state],
            "payment": [shown.payment],
            "refund": [one.state for one in shown.refunds],
            "return": [one.state for one in shown.returns],
        }


Act = Callable[[Walk], object]


def waiting(card: str) -> Act:
    """The order is placed, and the process died."""

    def act(walk: Walk) -> None:
        walk.house.steps.crash("gateway.authorise:after")
        with pytest.raises(Crash):
            buy(walk.house, walk.offer, 2, card=card)

    return act


def silent(call: str, act: Act) -> Act:
    return lambda walk: walk.without_an_answer(call, lambda: act(walk))


def returning_to(*states: str) -> tuple[Act, ...]:
    return (
        Walk.buys,
        Walk.ships,
        Walk.asks_to_return,
        lambda walk: walk.decides(*states),
    )


def refuse_the_refund(walk: Walk) -> None:
    """Somebody paid it back in the gateway's own pages."""
    paid = payment_of(walk.house, walk.receipt)
    reference, amount = paid.reference or "", Money.of("11000", "USD")
    walk.house.gateway.refund(key="by-hand", reference=reference, amount=amount)
    walk.refunds_all()


SHIPPED: tuple[Act, ...] = (Walk.buys, Walk.ships)
BLOCKED: tuple[Act, ...] = (lambda walk: walk.buys("tok_blocked"),)
VOIDING: Act = silent("void", Walk.cancels)
# The acts before the step, and the one that takes it.
WAYS: Mapping[str, tuple[Act, ...]] = {
    "order awaiting_payment paid": (waiting("tok_accepted"), Walk.worker_comes),
    "order awaiting_payment cancelled": (waiting("tok_accepted"), Walk.cancels),
    "order paid dispatching": (Walk.buys, silent("capture", Walk.ships)),
    "order paid cancelled": (Walk.buys, Walk.cancels),
    "order dispatching paid": (*BLOCKED, silent("capture", Walk.ships), Walk.worker_comes),
    "order dispatching shipped": (Walk.buys, silent("capture", Walk.ships), Walk.worker_comes),
    "order dispatching partly_shipped": (
        Walk.buys,
        silent("capture", Walk.ships_one),
        Walk.worker_comes,
    ),
    "order partly_shipped shipped": (Walk.buys, Walk.ships_one, Walk.ships),
    "order shipped delivered": (*SHIPPED, Walk.delivers),
    "payment authorising authorised": (waiting("tok_accepted"), Walk.worker_comes),
    "payment authorising declined": (waiting("tok_declined"), Walk.worker_comes),
    "payment authorised capturing": (Walk.buys, silent("capture", Walk.ships)),
    "payment authorised voiding": (Walk.buys, VOIDING),
    "payment capturing captured": (Walk.buys, silent("capture", Walk.ships), Walk.worker_comes),
    "payment capturing authorised": (*BLOCKED, silent("capture", Walk.ships), Walk.worker_comes),
    "payment voiding voided": (Walk.buys, VOIDING, Walk.worker_comes),
    "refund pending done": (*SHIPPED, silent("refund", Walk.refunds_all), Walk.worker_comes),
    "refund pending refused": (*SHIPPED, silent("refund", refuse_the_refund), Walk.worker_comes),
    "return requested approved": (*returning_to(), lambda walk: walk.decides("approved")),
    "return requested declined": (*returning_to(), lambda walk: walk.decides("declined")),
    "return approved received": (*returning_to("approved"), lambda walk: walk.decides("received")),
    "return approved declined": (*returning_to("approved"), lambda walk: walk.decides("declined")),
    "return received accepted": (
        *returning_to("approved", "received"),
        silent("refund", Walk.inspects),
    ),
    "return received rejected": (
        *returning_to("approved", "received"),
        lambda walk: walk.inspects(accepted=False),
    ),
    "return received refunded": (
        *returning_to("approved", "received"),
        Walk.refunds_all,
        Walk.inspects,
    ),
    "return accepted refunded": (
        *returning_to("approved", "received"),
        silent("refund", Walk.inspects),
        Walk.worker_comes,
    ),
}


def test_what_can_never_be_sent_is_left_out(house):
    walk = Walk(house)
    for act in (Walk.buys, Walk.ships_one, Walk.leaves_out_the_rest, Walk.delivers):
        act(walk)
    assert walk.states()["order"] == ["delivered"]


@pytest.mark.parametrize("name", MACHINES)
def test_from_each_state_there_is_a_way_to_an_end(name):
    table = MACHINES[name]
    ends = {state for state, following in table.items() if not following}
    assert ends
    while more := {s for s, following in table.items() if following & ends} - ends:
        ends |= more
    assert ends == set(table)


@pytest.mark.parametrize("edge", [pytest.param(each, marks=ODD.get(each, ())) for each in EDGES])
def test_each_step_is_taken_by_somebody(edge, house):
    machine, before, after = edge.split()
    *first, last = WAYS[edge]
    walk = Walk(house)
    for act in first:
        act(walk)
    assert walk.states()[machine] == [before]
    last(walk)
    assert walk.states()[machine][-1:] == [after]


REACHED: Mapping[OrderState, tuple[Act, ...]] = {
    OrderState.AWAITING_PAYMENT: (waiting("tok_accepted"),),
    OrderState.PAID: (Walk.buys,),
    OrderState.DISPATCHING: (Walk.buys, silent("capture", Walk.ships)),
    OrderState.PARTLY_SHIPPED: (Walk.buys, Walk.ships_one),
    OrderState.SHIPPED: SHIPPED,
    OrderState.DELIVERED: (*SHIPPED, Walk.delivers),
    OrderState.CANCELLED: (Walk.buys, Walk.cancels),
}
# What may be asked of an order, and in which of its states it is done.
ASKED: Mapping[str, tuple[Act, set[OrderState]]] = {
    "ship": (Walk.ships, {OrderState.PAID, OrderState.PARTLY_SHIPPED}),
    "ship a part": (Walk.ships_one, {OrderState.PAID, OrderState.PARTLY_SHIPPED}),
    "leave out the rest": (Walk.leaves_out_the_rest, {OrderState.PARTLY_SHIPPED}),
    "cancel": (Walk.cancels, {OrderState.AWAITING_PAYMENT, OrderState.PAID}),
    "deliver": (Walk.delivers, {OrderState.SHIPPED}),
    "refund": (
        Walk.refunds_all,
        {OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, OrderState.DELIVERED},
    ),
    "return": (Walk.asks_to_return, {OrderState.SHIPPED, OrderState.DELIVERED}),
    "payment": (Walk.asks_about_the_payment, set(OrderState)),
}


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("asked", ASKED)
def test_what_an_order_does_not_do_it_refuses_by_name(asked, state, house):
    walk = Walk(house)
    for act in REACHED[state]:
        act(walk)
    assert walk.states()["order"] == [state]
    act, does = ASKED[asked]
    answer = told(act, walk)
    if state in does:
        assert answer is None
    else:
        assert answer[0] in ("illegal_transition", "not_in_order")


STEPS: Mapping[str, Act] = {
    "approve": lambda walk: walk.decides("approved"),
    "decline": lambda walk: walk.decides("declined"),
    "receive": lambda walk: walk.decides("received"),
    "accept": Walk.inspects,
    "reject": lambda walk: walk.inspects(accepted=False),
    "repay": Walk.repays,
}
ON_TABLE = returning_to("approved", "received")
RETURNED: Mapping[str, tuple[tuple[Act, ...], set[str]]] = {
    "requested": (returning_to(), {"approve", "decline"}),
    "approved": (returning_to("approved"), {"receive", "decline"}),
    "declined": (returning_to("declined"), set()),
    "received": (ON_TABLE, {"accept", "reject"}),
    "rejected": ((*ON_TABLE, STEPS["reject"]), set()),
    "accepted": ((*ON_TABLE, silent("refund", Walk.inspects)), set()),
    "refunded": ((*ON_TABLE, Walk.inspects), set()),
}


@pytest.mark.parametrize("state", returning.ReturnState)
@pytest.mark.parametrize("step", STEPS)
def test_what_a_return_does_not_do_it_refuses_by_name(step, state, house):
    first, does = RETURNED[state]
    walk = Walk(house)
    for act in first:
        act(walk)
    assert walk.states()["return"] == [state]
    answer = told(STEPS[step], walk)
    if step in does:
        assert answer is None
    else:
        assert answer[0] == "illegal_transition"
        assert answer[2] == {"state": state}
