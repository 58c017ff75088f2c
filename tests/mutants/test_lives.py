"""Faults planted in what follows a sale: the state machine finds each by itself."""

import pytest
from tests.mutants.mutant import Mutant

FULFILLING, RETURNING = "service_layer/fulfilling.py", "service_layer/returning.py"
REFUNDING, HOLDING = "service_layer/refunding.py", "service_layer/holding.py"
RETURNS = "contract/test_afterwards.py::TestReturns::"
MACHINE = ("state_machines/test_machines.py::test_in_memory[LifeMachine]",)

MUTANTS = [
    Mutant(
        "a cancelled order keeps the money",
        FULFILLING,
        "if payment.state is not PaymentState.AUTHORISED:",
        "if True:",
        MACHINE,
    ),
    Mutant(
        "a faulty watch goes back on the shelf",
        FULFILLING,
        "    if command.restock:\n",
        "    if True:\n",
        MACHINE,
    ),
    Mutant(
        "a cancelled order keeps its voucher",
        FULFILLING,
        "        free_voucher(uow, order)\n",
        "",
        MACHINE,
    ),
    Mutant(
        "a piece sent back twice",
        RETURNING,
        "gone = claimed.union(order.left_out)",
        "gone = order.left_out",
        MACHINE,
    ),
    Mutant(
        "a piece that came back stays the buyer's",
        RETURNING,
        "            uow.pieces.take_back(returned.pieces, clock.now(), restock=command.restock)\n",
        "",
        MACHINE,
    ),
    Mutant(
        "a return that is paid back beside a refund by hand",
        REFUNDING,
        "if one.open for piece",
        "if one.open and False for piece",
        (
            *MACHINE,
            f"{RETURNS}test_pay_for_a_piece_that_nobody_pays_back_by_hand_meanwhile[memory]",
        ),
    ),
    Mutant(
        "a refund that nobody sets aside",
        REFUNDING,
        "    uow.payments.save(payment.refund(refund.amount))\n",
        "    payment.refund(refund.amount)\n",
        MACHINE,
    ),
    Mutant(
        "a piece paid back twice",
        REFUNDING,
        "if refund.counts)",
        "if refund.counts and not refund.pieces)",
        MACHINE,
    ),
    Mutant(
        "a return that is never said to be paid back",
        REFUNDING,
        "        _complete_return(uow, order, refund)\n",
        "",
        MACHINE,
    ),
    Mutant(
        "pieces of a checkout that was left",
        HOLDING,
        "        uow.pieces.release(checkout.hold.id)\n",
        "",
        MACHINE,
    ),
    Mutant(
        "a sign of life that holds nothing",
        "service_layer/checking_out.py",
        "        _hold(uow, checkout)\n        uow.checkouts.save(checkout)\n",
        "        uow.checkouts.save(checkout)\n",
        MACHINE,
    ),
    Mutant(
        "a voucher for each tab",
        "domain/vouchers.py",
        "if uses.own >= self.uses_per_customer:",
        "if uses.own > self.uses_per_customer:",
        MACHINE,
    ),
    Mutant(
        "the bank goes on asking for a cancelled order",
        "service_layer/waiting.py",
        "    return cancelled and payment.pending is Operation.AUTHORISE\n",
        "    return False\n",
        MACHINE,
    ),
    Mutant(
        "a buyer who keeps pieces for ever",
        "service_layer/departments/backroom.py",
        '            Duty("challenges", timedelta(seconds=30), timedelta(minutes=2), expire),\n',
        "",
        MACHINE,
    ),
    Mutant(
        "a refusal for ever",
        "domain/payment.py",
        "if operation is Operation.AUTHORISE or not self.refusals:",
        "if operation:",
        MACHINE,
    ),
    Mutant(
        "a return that wants more than is left",
        REFUNDING,
        "amount = min(order.price_of(pieces), payment.refundable)",
        "amount = order.price_of(pieces)",
        MACHINE,
    ),
    Mutant(
        "a webhook that knows nothing of refunds",
        "service_layer/noticing.py",
        "if new and refund.state is RefundState.PENDING:",
        "if new and refund.state is None:",
        MACHINE,
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
