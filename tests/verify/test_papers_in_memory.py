"""The cross-checks of papers over memory: what PostgreSQL finds, its twin finds too."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.harness.language import an_offer, buy, refund, ship
from tests.harness.shop import House, memory_shop

from watchstore.adapters.memory.store import Transaction
from watchstore.adapters.memory.tables import (
    PAPER_COUNTERS,
    PAPERS,
    PAYMENTS,
    REFUNDS,
)
from watchstore.domain import Money, Paper, PaperKind, PaymentState, RefundState

Found = tuple[str, str]
INVOICE, CREDIT_NOTE = PaperKind.INVOICE, PaperKind.CREDIT_NOTE


def paper(tx: Transaction, kind: PaperKind, sequence: int = 1) -> Paper:
    (found,) = tx.scan(
        PAPERS, lambda one: one.number.kind is kind and one.number.sequence == sequence
    )
    return found


def costs_another(found: Paper) -> Paper:
    first, *rest = found.lines
    return replace(found, lines=(replace(first, total=first.total + Money.of(1, "USD")), *rest))


def invoice_torn_up(tx: Transaction) -> Found:
    found = paper(tx, INVOICE, 2)
    tx.delete(PAPERS, found.number)
    return "invoice_missing", found.order_number.text


def invoice_of_another_total(tx: Transaction) -> Found:
    found = paper(tx, INVOICE)
    tx.update(PAPERS, found.number, costs_another(found))
    return "invoice_disagrees", found.order_number.text


def invoice_of_money_that_was_not_taken(tx: Transaction) -> Found:
    found = paper(tx, INVOICE, 2)
    (payment,) = tx.scan(PAYMENTS, lambda one: one.order_id == found.order_id)
    tx.update(PAYMENTS, payment.id, replace(payment, state=PaymentState.AUTHORISED))
    return "invoice_disagrees", found.order_number.text


def credit_note_torn_up(tx: Transaction) -> Found:
    found = paper(tx, CREDIT_NOTE)
    tx.delete(PAPERS, found.number)
    return "credit_note_missing", str(found.refund_id)


def credit_note_of_another_total(tx: Transaction) -> Found:
    found = paper(tx, CREDIT_NOTE)
    tx.update(PAPERS, found.number, costs_another(found))
    return "credit_note_disagrees", str(found.refund_id)


def credit_note_of_a_refund_that_is_pending(tx: Transaction) -> Found:
    (refunded,) = tx.scan(REFUNDS)
    tx.update(REFUNDS, refunded.id, replace(refunded, state=RefundState.PENDING))
    return "credit_note_disagrees", str(refunded.id)


def invoice_number_left_out(tx: Transaction) -> Found:
    found = paper(tx, INVOICE, 2)
    moved = replace(found, number=replace(found.number, sequence=3))
    tx.delete(PAPERS, found.number)
    tx.insert(PAPERS, moved.number, moved)
    return "paper_gap", moved.number.text


def counter_wound_back(tx: Transaction) -> Found:
    year = paper(tx, INVOICE).number.year
    tx.update(PAPER_COUNTERS, (INVOICE, year), 1)
    return "paper_counter", f"invoice {year}"


CASES: tuple[Callable[[Transaction], Found], ...] = (
    invoice_torn_up,
    invoice_of_another_total,
    invoice_of_money_that_was_not_taken,
    credit_note_torn_up,
    credit_note_of_another_total,
    credit_note_of_a_refund_that_is_pending,
    invoice_number_left_out,
    counter_wound_back,
)


@pytest.fixture
def house() -> House:
    """Two orders that were shipped, and a cent of the first paid back."""
    house = memory_shop()
    offer = an_offer(house, 2)
    first, second = buy(house, offer), buy(house, offer)
    ship(house, first)
    ship(house, second)
    refund(house, first, amount=Money.of("0.01", "USD"))
    return house


@pytest.mark.parametrize("plant", CASES, ids=lambda plant: plant.__name__)
def test_a_corruption_is_found(house, plant):
    assert house.rival.verify() == ()
    with house.storage._store.transaction() as tx:
        planted = plant(tx)
        tx.commit()
    assert planted in {(one.rule, one.id) for one in house.rival.verify()}
