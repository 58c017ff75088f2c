"""What lets a return end, and pays for it once: each guard, taken away."""

import pytest
from tests.mutants.mutant import Mutant

RETURNING, REFUNDING = "service_layer/returning.py", "service_layer/refunding.py"
BILLING = "domain/billing.py"
RETURNS = "contract/test_closing_returns.py::"
CLOSED = f"{RETURNS}TestWhenAllWasPaidBack::test_it_is_closed_without_another_refund"
PART = f"{RETURNS}TestWhenApartWasPaidBack::test_it_is_paid_the_rest"
FAILS = "contract/test_stripe_purchases.py::TestAReturnWhoseRefundFails::"


def on_both(test: str) -> tuple[str, ...]:
    return f"{test}[memory]", f"{test}[postgres]"


MUTANTS = [
    Mutant(
        "a return that nobody can close",
        REFUNDING,
        "    if not amount:\n",
        "    if not pieces:\n",
        (f"{CLOSED}[memory-True-free]", f"{CLOSED}[postgres-True-free]"),
    ),
    Mutant(
        "a return that wants more than is left",
        REFUNDING,
        "amount = min(order.price_of(pieces), payment.refundable)",
        "amount = order.price_of(pieces)",
        on_both(PART),
    ),
    Mutant(
        "a credit note of more than went back",
        BILLING,
        "whole = refund.pieces and order.price_of(refund.pieces) == refund.amount",
        "whole = refund.pieces",
        on_both(PART),
    ),
    Mutant(
        "a return that pays for what was paid by hand",
        REFUNDING,
        "pieces = tuple(piece for piece in left if piece in wanted)",
        "pieces = tuple(wanted) if left else ()",
        on_both(f"{FAILS}test_is_closed_when_it_was_paid_by_hand"),
    ),
    Mutant(
        "a return that ends before its refund",
        "domain/returning.py",
        "        self._require(ReturnState.RECEIVED, ReturnState.ACCEPTED)",
        "        self._require(self.state, ReturnState.ACCEPTED)",
        ("unit/domain/test_returning.py::test_is_accepted_once_and_on_the_table[None-accepted]",),
    ),
    Mutant(
        "a return paid again before the first answer",
        RETURNING,
        "if asked is None or asked.counts:",
        "if asked is None:",
        on_both(f"{RETURNS}TestRepaying::test_waits_for_the_answer_to_the_first_refund"),
    ),
    Mutant(
        "a closed return whose pieces are missed in memory",
        "adapters/memory/checking.py",
        "one.restocked is not None",
        "one.refund_id is not None",
        (f"{CLOSED}[memory-True-free]",),
    ),
    Mutant(
        "a closed return whose pieces are missed in PostgreSQL",
        "adapters/postgres/checking/stock.py",
        "r.restocked IS NOT NULL",
        "r.refund_id IS NOT NULL",
        (f"{CLOSED}[postgres-True-free]",),
    ),
    Mutant(
        "a closed return that the database keeps the pieces of",
        "adapters/postgres/migrations/versions/v0019_left_out.sql",
        "            AND restocked IS NOT NULL",
        "            AND refund_id IS NOT NULL",
        (f"{CLOSED}[postgres-True-free]",),
    ),
    Mutant(
        "a closed return that still waits for its money",
        "domain/returning.py",
        "return self.claims and self.restocked is None",
        "return self.claims and self.refund_id is None",
        ("unit/domain/test_returning.py::test_for_which_nothing_is_left_to_be_paid_back_is_over",),
    ),
    Mutant(
        "a buyer who is not told that it is over",
        "service_layer/mailing/orders.py",
        "        ReturnState.REFUNDED: words.closed,\n",
        "",
        on_both(f"{RETURNS}TestWhenAllWasPaidBack::test_the_buyer_is_told"),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
