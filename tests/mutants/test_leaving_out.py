"""What is left out, paid back and never sent: each guard, taken away."""

import pytest
from tests.mutants.mutant import Mutant

LEAVING, FULFILLING = "service_layer/leaving_out.py", "service_layer/fulfilling.py"
REFUNDING, ORDER = "service_layer/refunding.py", "domain/order.py"
MAILS, LEFT_OUT = "service_layer/mailing/orders.py", "adapters/postgres/migrations/versions/v0019"
UNIT = "unit/domain/test_order.py::TestLeavingOut::"
REST = "contract/test_leaving_out.py::"
STORAGE = f"{REST}TestTheStorage::"
MACHINE = "state_machines/test_machines.py::test_in_memory[LifeMachine]"


def on_both(test: str) -> tuple[str, ...]:
    return f"{REST}{test}[memory]", f"{REST}{test}[postgres]"


def paid_back(restock: str, state: str) -> tuple[str, ...]:
    test = f"{REST}TestLeavingOut::test_pays_the_rest_back_and_gives_the_pieces_up"
    return tuple(f"{test}[{storage}-{restock}-{state}]" for storage in ("memory", "postgres"))


MUTANTS = [
    Mutant(
        "a rest left out of any order",
        ORDER,
        "if self.state is not OrderState.PARTLY_SHIPPED:\n            raise IllegalTransition(",
        "if False:\n            raise IllegalTransition(",
        (f"{UNIT}test_is_for_what_was_sent_in_part_alone[dispatching]",),
    ),
    Mutant(
        "a rest that is still to be sent",
        ORDER,
        "gone = self.sent.union(self.left_out)",
        "gone = self.sent",
        on_both("TestLeavingOut::test_the_order_goes_on_without_it"),
    ),
    Mutant(
        "pieces that stay the buyer's",
        LEAVING,
        "        uow.pieces.take_back(order.left_out, clock.now(), restock=command.restock)\n",
        "",
        (*paid_back("True", "free"), MACHINE),
    ),
    Mutant(
        "a broken watch for sale",
        LEAVING,
        "restock=command.restock)",
        "restock=True)",
        (*paid_back("False", "withdrawn"), MACHINE),
    ),
    Mutant(
        "a rest paid back by each click",
        LEAVING,
        "        earlier = earlier_creation(uow, command.key)\n",
        "        earlier = None\n",
        on_both("TestLeavingOut::test_one_key_is_one_answer"),
    ),
    Mutant(
        "a watch left out that may be sent back",
        "service_layer/returning.py",
        "gone = claimed.union(order.left_out)",
        "gone = claimed",
        on_both("test_what_the_bank_refused_cannot_be_sent_back"),
    ),
    Mutant(
        "a page that offers to send it back",
        "service_layer/order_rows.py",
        "piece not in gone and piece not in order.left_out for",
        "piece not in gone for",
        on_both("test_what_the_bank_refused_cannot_be_sent_back"),
    ),
    Mutant(
        "a watch that is paid back and sent",
        FULFILLING,
        "return tuple(piece for piece in order.unsent if piece in kept)",
        "return order.unsent if kept else ()",
        (*on_both("TestWhatWasPaidBackBefore::test_is_not_sent_any_more"), MACHINE),
    ),
    Mutant(
        "watches that are all paid back and sent",
        FULFILLING,
        "kept = unrefunded(uow, order) if payment.refundable else ()",
        "kept = unrefunded(uow, order)",
        (*on_both("TestWhatWasPaidBackBefore::test_as_a_whole_is_not_sent_either"), MACHINE),
    ),
    Mutant(
        "a parcel of all, the paid back too",
        FULFILLING,
        "    if left != order.unsent:\n",
        "    if not left:\n",
        on_both("TestWhatWasPaidBackBefore::test_is_not_sent_any_more"),
    ),
    Mutant(
        "a refund that takes what was sent",
        REFUNDING,
        "sorted(left, key=order.sent.__contains__)",
        "left",
        on_both("test_what_the_bank_refused_is_asked_for_again_by_line"),
    ),
    Mutant(
        "a promise of what does not come",
        MAILS,
        "coming = len(order.pieces) - len(order.left_out)",
        "coming = len(order.pieces)",
        on_both("TestTheBuyer::test_is_not_promised_a_parcel_that_was_given_up_meanwhile"),
    ),
    Mutant(
        "a rest told in the words of the staff",
        "service_layer/tracking.py",
        "|rest left out)",
        "|rest left out.*)",
        on_both("TestLeavingOut::test_who_tracks_it_is_told_without_anybodys_words"),
    ),
    Mutant(
        "a database that keeps the pieces",
        f"{LEFT_OUT}_left_out.sql",
        "(state = 'cancelled' OR left_out @> to_jsonb(OLD.id))",
        "state = 'cancelled'",
        ("postgres/test_schema.py::test_a_piece_that_is_left_out_leaves_its_order",),
    ),
    Mutant(
        "without orders_left_out_once",
        f"{LEFT_OUT}_left_out.sql",
        "WHEN (OLD.left_out <> '[]'",
        "WHEN (FALSE AND OLD.left_out <> '[]'",
        ("postgres/test_schema.py::test_what_is_left_out_stays_so",),
    ),
    Mutant(
        "a rest in memory that comes back",
        "adapters/memory/orders.py",
        "if before.left_out and order.left_out != before.left_out:",
        "if False:",
        (f"{STORAGE}test_forgets_nothing_that_was_left_out[memory]",),
    ),
    Mutant(
        "a rest in memory of what is still to be sent",
        "adapters/memory/tables.py",
        "lambda order: not order.left_out or order.may_come_back",
        "lambda order: True",
        (f"{STORAGE}test_leaves_nothing_out_of_what_is_still_to_be_sent[memory]",),
    ),
    Mutant(
        "pieces left out that are missed in memory",
        "adapters/memory/checking.py",
        "{*order.pieces} - {*order.left_out} - ",
        "{*order.pieces} - ",
        (paid_back("True", "free")[0],),
    ),
    Mutant(
        "pieces left out that are missed in PostgreSQL",
        "adapters/postgres/checking/stock.py",
        "AND NOT o.left_out @> to_jsonb(piece)",
        "",
        (paid_back("True", "free")[1],),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
