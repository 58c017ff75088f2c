"""Processes and database backends die at every named step: nothing is lost, nothing doubled."""

from functools import partial

import pytest
from tests.crash.counter import Counter
from tests.crash.lab import Lab
from tests.harness.torture import repetitions

pytestmark = [pytest.mark.serial, pytest.mark.long]

RUNS = repetitions(2, 20)
# Of what moves no money.
FEWER = repetitions(1, 20)
# `commit:after` is that of the first transaction, `commit:after 2` that of the second.
PLACING = (
    "keys.claim:after",
    "pieces.claim:after",
    "pieces.assign:after",
    "outbox.append:after",
    "commit:before",
    "commit:after",
    "gateway.authorise:before",
    "gateway.authorise:after",
    "payments.get:after",
    "pieces.sell:after",
    "outbox.append:after 2",
    "commit:before 2",
    "commit:after 2",
)
SHIPPING = (
    "orders.find:after",
    "outbox.append:after",
    "commit:before",
    "commit:after",
    "gateway.capture:before",
    "gateway.capture:after",
    "papers.issue:before",
    "papers.issue:after",
    "commit:before 2",
    "commit:after 2",
)
CANCELLING = (
    "orders.find:after",
    "pieces.free:after",
    "commit:before",
    "commit:after",
    "gateway.void:before",
    "gateway.void:after",
    "commit:before 2",
    "commit:after 2",
)
REFUNDING = (
    "orders.find:after",
    "refunds.add:after",
    "commit:before",
    "commit:after",
    "gateway.refund:before",
    "gateway.refund:after",
    "papers.issue:before",
    "papers.issue:after",
    "commit:before 2",
    "commit:after 2",
)
# `payments.get:after 2` is that of the transaction that heeds the notice.
HEEDING = (
    "notices.add:after",
    "orders.get:after",
    "payments.get:after 2",
    "pieces.sell:after",
    "outbox.append:after",
    "payments.save:after",
    "commit:before",
    "commit:after",
)
HOLDING = (
    "keys.claim:after",
    "carts.find:after",
    "checkouts.live:after",
    "checkouts.add:after",
    "pieces.claim:after",
    "pieces.hold:after",
    "commit:before",
    "commit:after",
)
CHANGING = (
    "checkouts.get:after",
    "pieces.hold:after",
    "checkouts.save:after",
    "commit:before",
    "commit:after",
)
# The third transaction takes what was bought out of the cart.
ORDERING = (
    "checkouts.get:after",
    "pieces.assign:after",
    "checkouts.ordered:after",
    "commit:before",
    "commit:after",
    "gateway.authorise:after",
    "commit:after 2",
    "carts.find:after",
    "carts.save:after",
    "commit:before 3",
    "commit:after 3",
)
# What the web process began and the worker was to end: (the web's step, the worker's).
TAKEN_OVER = (
    "gateway.authorise:before",
    "gateway.authorise:after",
    "commit:before",
    "commit:after",
)


@pytest.mark.parametrize("act", ["kill", "database"])
class TestTheWebProcess:
    def test_places_every_order_once(self, lab: Lab, act: str) -> None:
        steps = PLACING * RUNS
        lab.stocked(len(steps))
        for step in steps:
            lab.crashing("web", act, step, lab.buy)
        lab.require_all("paid", len(steps), sold=len(steps))

    def test_captures_every_payment_once(self, lab: Lab, act: str) -> None:
        steps = SHIPPING * RUNS
        lab.stocked(len(steps))
        for step in steps:
            number = lab.buy().json["number"]
            lab.crashing("web", act, step, partial(lab.ship, number))
        lab.require_all("shipped", len(steps), sold=len(steps))

    def test_gives_the_money_of_every_cancelled_order_back(self, lab: Lab, act: str) -> None:
        steps = CANCELLING * FEWER
        lab.stocked(len(steps))
        for step in steps:
            number = lab.buy().json["number"]
            lab.crashing("web", act, step, partial(lab.cancel, number))
        lab.require_all("cancelled", len(steps), sold=0)

    def test_refunds_every_order_once(self, lab: Lab, act: str) -> None:
        steps = REFUNDING * RUNS
        lab.stocked(len(steps))
        for step in steps:
            number = lab.buy().json["number"]
            lab.ship(number)
            lab.crashing("web", act, step, partial(lab.refund, number))
        lab.require_all("shipped", len(steps), sold=len(steps))
        for number in lab.numbers:
            (charge,) = lab.shop.ports.gateway.find(order_number=number)
            assert charge.refunded == charge.captured

    def test_heeds_every_webhook_once(self, lab: Lab, act: str) -> None:
        steps = HEEDING * RUNS
        lab.stocked(len(steps))
        for step in steps:
            number = lab.buy("tok_timeout").json["number"]
            lab.crashing("web", act, step, partial(lab.tell, number))
        lab.require_all("paid", len(steps), sold=len(steps))

    def test_holds_the_cart_once(self, lab: Lab, act: str) -> None:
        counter = Counter(lab)
        lab.stocked(2)
        counter.fill_the_cart()
        for step in HOLDING * FEWER:
            checkout = lab.crashing("web", act, step, counter.hold)
            assert counter.held() == ["free", "held"]
        for step in CHANGING * FEWER:
            lab.crashing("web", act, step, partial(counter.say, checkout))
            assert counter.held() == ["free", "held"]
        assert counter.order(checkout).status == 201
        lab.require_all("paid", 1, sold=1)
        assert counter.empty()

    def test_orders_what_is_held_once(self, lab: Lab, act: str) -> None:
        counter, steps = Counter(lab), ORDERING * RUNS
        lab.stocked(len(steps))
        for step in steps:
            counter.fill_the_cart()
            checkout = counter.hold()
            counter.say(checkout)
            lab.crashing("web", act, step, partial(counter.order, checkout))
        lab.require_all("paid", len(steps), sold=len(steps))
        assert counter.empty()


def test_a_worker_that_dies_is_taken_over_from(lab: Lab) -> None:
    steps = TAKEN_OVER * RUNS
    lab.stocked(len(steps))
    for step in steps:
        lab.light_worker(step)
        lab.crashing("web", "kill", "commit:after", lab.buy)
        lab.worker_dies_and_comes_back()
    lab.require_all("paid", len(steps), sold=len(steps))
