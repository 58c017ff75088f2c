"""What the use cases see to themselves: each check and each order of steps, taken away."""

import pytest
from tests.mutants.mutant import Mutant

ORDERING, PAYING = "service_layer/ordering.py", "service_layer/paying.py"
ONCE = "unit/service_layer/test_ordering_once.py::"
AFTER = "unit/service_layer/test_fulfilling.py::"
UNKNOWN = f"{AFTER}TestCancellingWhileThePaymentIsUnknown::"
CONFLICTS = "unit/service_layer/test_relay.py::test_a_deadlock_is_nothing_that_a_buyer_sees"
REFUSED = "unit/service_layer/test_ordering.py::TestARefusal::"
SIGNING_IN = "unit/service_layer/test_signing_in.py::TestSigningIn::"
GUARDS = "contract/test_guards.py::"

MUTANTS = [
    Mutant(
        "the payment locked before its order",
        PAYING,
        "        order = uow.orders.get(asked.order_id)\n"
        "        payment = uow.payments.get(asked.id)\n",
        "        payment = uow.payments.get(asked.id)\n"
        "        order = uow.orders.get(asked.order_id)\n",
        (
            f"{GUARDS}test_an_answer_is_recorded_with_the_order_locked_first[memory]",
            f"{GUARDS}test_an_answer_is_recorded_with_the_order_locked_first[postgres]",
        ),
    ),
    Mutant(
        "an answer recorded twice",
        PAYING,
        "if not payment.awaits(asked.key(operation)):",
        "if False:",
        (f"{AFTER}TestSettling::test_by_two_at_once_records_one_answer",),
    ),
    Mutant(
        "a cancelled order keeps the money",
        PAYING,
        "return order, payment.void()",
        "return order, payment",
        (f"{UNKNOWN}test_voids_the_approval_that_comes_later",),
    ),
    Mutant(
        "an approval revives a cancelled order",
        PAYING,
        "if order.state is OrderState.CANCELLED:  # cancelled meanwhile: the money goes back",
        "if False:",
        (f"{UNKNOWN}test_of_one_that_timed_out",),
    ),
    Mutant(
        "a refusal cancels a cancelled order",
        PAYING,
        "    if order.state is OrderState.CANCELLED:\n        return order\n",
        "",
        (f"{UNKNOWN}test_keeps_a_later_refusal_a_refusal",),
    ),
    Mutant(
        "a new gateway key for each try",
        PAYING,
        "key = payment.key(operation)",
        "key = str(__import__('uuid').uuid4())",
        (f"{ONCE}TestAnUnsettledPayment::test_is_completed_by_the_worker_with_one_charge",),
    ),
    Mutant(
        "a declined card keeps the piece",
        PAYING,
        "    uow.pieces.free(order.id)\n",
        "",
        ("contract/test_shop_races.py::test_a_declined_card_frees_the_piece_for_the_next[memory]",),
    ),
    Mutant(
        "a conflict in the second transaction is an error",
        PAYING,
        "@retried\ndef _record(",
        "def _record(",
        (CONFLICTS,),
    ),
    Mutant(
        "a conflict in the first transaction is an error",
        ORDERING,
        "@retried\ndef _open(",
        "def _open(",
        (CONFLICTS,),
    ),
    Mutant(
        "a refusal without a savepoint",
        ORDERING,
        "with uow.savepoint():",
        "if True:",
        (
            f"{GUARDS}test_a_refused_order_leaves_its_answer_and_nothing_else[memory]",
            f"{GUARDS}test_a_refused_order_leaves_its_answer_and_nothing_else[postgres]",
        ),
    ),
    Mutant(
        "a refusal that is not stored",
        ORDERING,
        "                uow.keys.answer(key, refusal_answer(refusal))\n"
        "                uow.commit()\n",
        "                pass\n",
        (f"{ONCE}TestAKey::test_replays_whichever_refusal_came_first",),
    ),
    Mutant(
        "a key that is not asked for",
        ORDERING,
        "if key and (earlier :=",
        "if command.key and False and (earlier :=",
        (f"{ONCE}TestAKey::test_gives_the_first_answer_again",),
    ),
    Mutant(
        "one key for two requests",
        "service_layer/remembering.py",
        "if earlier.fingerprint != key.fingerprint:",
        "if False:",
        (f"{ONCE}TestAKey::test_is_refused_for_another_body",),
    ),
    Mutant(
        "an answer that is not stored",
        PAYING,
        "    uow.keys.answer_order(order.id, receipt_answer(paid))\n",
        "",
        (f"{ONCE}TestAKey::test_gives_the_first_answer_again",),
    ),
    Mutant(
        "the last of two lines counts",
        "service_layer/stocking.py",
        "summed.get(line.offer_id, 0) + line.quantity",
        "line.quantity",
        ("unit/service_layer/test_ordering.py::TestASale::test_sums_lines_of_one_offer",),
    ),
    Mutant(
        "another total than was shown",
        ORDERING,
        "    _as_shown(prices.total, command.expected_total)\n",
        "",
        ("unit/service_layer/test_ordering.py::TestARefusal::test_another_total_than_was_shown",),
    ),
    Mutant(
        "an account that does not exist costs no hash",
        "service_layer/signing_in.py",
        "right = hasher.verify(command.password, user.password_hash if user else None)",
        "right = user is not None and hasher.verify(command.password, user.password_hash)",
        ("http/test_alike.py::test_what_is_known_is_answered_as_what_is_not[signing in]",),
    ),
    Mutant(
        "a session for the old password",
        "service_layer/signing_in.py",
        "if user.password_hash != checked.password_hash or not user.may_sign_in:",
        "if not user.may_sign_in:",
        (f"{SIGNING_IN}test_is_refused_when_the_password_changes_while_it_is_checked",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
