"""What tells one attempt at a payment from the next: each guard, taken away."""

import pytest
from tests.mutants.mutant import Mutant

PAYMENT, PAYING = "domain/payment.py", "service_layer/paying.py"
NOTICING = "service_layer/noticing.py"
STRIPE = "contract/test_stripe_purchases.py::"
CAPTURE = "contract/test_attempts.py::TestACapture::"
VOID = "contract/test_attempts.py::TestAVoid::"


def on_both(test: str) -> tuple[str, ...]:
    return f"{test}[memory]", f"{test}[postgres]"


MUTANTS = [
    Mutant(
        "a refused capture that is asked for with the same key again",
        PAYMENT,
        "if operation is Operation.AUTHORISE or not self.refusals:",
        "if operation:",
        (
            *on_both(f"{CAPTURE}test_that_was_refused_is_asked_for_anew"),
            *on_both(f"{STRIPE}test_a_card_blocked_meanwhile_is_asked_again"),
        ),
    ),
    Mutant(
        "attempts that PostgreSQL forgets",
        "adapters/postgres/repositories/payments.py",
        "        row.refusals,\n",
        "        0,\n",
        (f"{CAPTURE}test_that_was_refused_is_asked_for_anew[postgres]",),
    ),
    Mutant(
        "a refused void that is asked for with the same key again",
        PAYMENT,
        "if approved or operation is Operation.AUTHORISE:",
        "if approved or operation is not Operation.CAPTURE:",
        (
            *on_both(f"{VOID}test_that_is_refused_is_asked_for_again_and_again"),
            *on_both(f"{STRIPE}test_what_stripe_will_not_let_go_of_now_it_is_asked_for_again"),
        ),
    ),
    Mutant(
        "a new attempt that the old one answers",
        PAYING,
        "if not payment.awaits(asked.key(operation)):",
        "if payment.pending is not operation:",
        on_both(f"{CAPTURE}test_is_not_answered_by_the_refusal_of_the_one_before"),
    ),
    Mutant(
        "a new attempt that a late notice answers",
        NOTICING,
        "if new and payment.awaits(notice.key):",
        "if new and payment.pending:",
        on_both(f"{CAPTURE}test_heeds_no_late_notice_of_the_attempt_before"),
    ),
    Mutant(
        "a notice of a second attempt taken for another shop's",
        NOTICING,
        'operation = call.partition(":")[0]',
        "operation = call",
        on_both(f"{CAPTURE}test_heeds_the_notice_of_its_own"),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
