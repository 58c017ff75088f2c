"""Processes and database backends die at every named step: nothing is lost, nothing doubled."""

from functools import partial

import pytest
from tests.crash.lab import Lab
from tests.harness.crowd import repetitions

pytestmark = pytest.mark.serial

RUNS = repetitions(2, 20)
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
        steps = CANCELLING * RUNS
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


def test_a_worker_that_dies_is_taken_over_from(lab: Lab) -> None:
    steps = TAKEN_OVER * RUNS
    lab.stocked(len(steps))
    for step in steps:
        lab.light_worker(step)
        lab.crashing("web", "kill", "commit:after", lab.buy)
        lab.worker_dies_and_comes_back()
    lab.require_all("paid", len(steps), sold=len(steps))
