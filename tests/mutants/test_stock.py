"""Selling a piece once in PostgreSQL: each guard of claiming and assigning, taken away."""

import pytest
from tests.mutants.mutant import Mutant

CLAIM = "adapters/postgres/repositories/claim.py"
STATEMENTS = "adapters/postgres/repositories/piece_statements.py"
PIECES = "adapters/postgres/repositories/pieces.py"
REFUSAL = "adapters/postgres/repositories/refusal.py"
CLAIMING = "contract/test_claiming.py::"
WAITING = "contract/test_guards.py::TestAClaimThatWaits::"
REFUSED = "contract/test_guards.py::TestARefusedClaim::"
GONE = f"{CLAIMING}TestAssigning::test_refuses_when_the_hold_is_gone[postgres-"

MUTANTS = [
    Mutant(
        "a buyer waits at the first pass",
        CLAIM,
        "some.with_for_update(skip_locked=True)",
        "some.with_for_update()",
        ("postgres/test_waiting.py::test_a_buyer_does_not_wait_for_a_piece_while_others_are_free",),
    ),
    Mutant(
        "the first pass locks nothing",
        CLAIM,
        "some.with_for_update(skip_locked=True)",
        "some",
        (f"{CLAIMING}TestAClaim::test_lasts_as_long_as_its_transaction[postgres]",),
    ),
    Mutant(
        "the second pass locks nothing",
        CLAIM,
        ".limit(_WANTED.c.quantity).with_for_update()",
        ".limit(_WANTED.c.quantity)",
        (f"{CLAIMING}TestAClaim::test_refuses_what_the_rival_it_waited_for_took[postgres]",),
    ),
    Mutant(
        "a holder's second pass locks nothing",
        CLAIM,
        "_candidates(own=True).order_by(*_BY_ID).with_for_update()",
        "_candidates(own=True).order_by(*_BY_ID)",
        (f"{WAITING}test_waits_for_what_it_lacks_beside_its_own[postgres]",),
    ),
    Mutant(
        "a refusal without a second pass",
        CLAIM,
        "        transaction.back()\n        found = _chosen(transaction.execute(_WAITING[own]",
        "        found = found or _chosen(transaction.execute(_WAITING[own]",
        (f"{CLAIMING}TestAClaim::test_waits_for_a_rival_before_it_refuses[postgres]",),
    ),
    Mutant(
        "no way back before the second pass",
        CLAIM,
        "        transaction.back()\n        found",
        "        found",
        (f"{WAITING}test_holds_nothing_that_the_rival_may_want[postgres]",),
    ),
    Mutant(
        "no way back before a refusal",
        CLAIM,
        "            transaction.back()\n            refuse",
        "            refuse",
        (f"{REFUSED}test_keeps_no_lock[postgres]",),
    ),
    Mutant(
        "offers in the order of the request",
        CLAIM,
        "offers = sorted(wanted)",
        "offers = list(wanted)",
        (f"{WAITING}test_holds_nothing_that_the_rival_may_want[postgres]",),
    ),
    Mutant(
        "pieces in no order",
        CLAIM,
        "_candidates(own=False).order_by(*_BY_ID).limit",
        "_candidates(own=False).order_by(pieces.c.id.desc()).limit",
        (f"{WAITING}test_takes_the_pieces_of_an_offer_in_their_order[postgres]",),
    ),
    Mutant(
        "some pieces are enough",
        CLAIM,
        "len(found[offer_id]) < wanted[offer_id]]",
        "not found[offer_id]]",
        (f"{REFUSED}test_is_of_one_piece_too_few_as_well[postgres]",),
    ),
    Mutant(
        "time stands still in a transaction",
        STATEMENTS,
        "func.clock_timestamp()",
        "func.now()",
        (
            "postgres/test_waiting.py::test_a_hold_that_ends_after_the_transaction_began_is_over",
            "postgres/test_waiting.py::test_and_makes_no_order",
        ),
    ),
    Mutant(
        "one's own hold is in one's way",
        CLAIM,
        "free = or_(UNHELD, OWN) if own else UNHELD",
        "free = UNHELD",
        (f"{CLAIMING}TestAHold::test_turns_into_an_order[postgres]",),
    ),
    Mutant(
        "everybody's hold counts as free",
        CLAIM,
        "free = or_(UNHELD, OWN) if own else UNHELD",
        "free = true()",
        (f"{CLAIMING}TestAHold::test_keeps_others_away[postgres]",),
    ),
    Mutant(
        "pieces of an order count as free",
        CLAIM,
        "pieces.c.offer_id == _WANTED.c.offer_id, SHELVED, free",
        "pieces.c.offer_id == _WANTED.c.offer_id, free",
        (f"{CLAIMING}TestARefusal::test_all_reserved_while_an_order_is_unpaid[postgres]",),
    ),
    Mutant(
        "an order of fewer pieces than it says",
        PIECES,
        "if changed != len(set(pieces)):",
        "if not changed:",
        (f"{GONE}another's]",),
    ),
    Mutant(
        "an order of pieces that nobody counted",
        PIECES,
        "if changed != len(set(pieces)):",
        "if False:",
        (f"{GONE}lifted]", f"{GONE}over]"),
    ),
    Mutant(
        "an order by a hold that is over",
        STATEMENTS,
        "_each(_CHOSEN, SHELVED, OWN, LIVE)",
        "_each(_CHOSEN, SHELVED, OWN)",
        (f"{GONE}over]",),
    ),
    Mutant(
        "an order by somebody else's hold",
        STATEMENTS,
        "_each(_CHOSEN, SHELVED, OWN, LIVE)",
        "_each(_CHOSEN, SHELVED, LIVE)",
        (f"{GONE}another's]",),
    ),
    Mutant(
        "an order in spite of a hold",
        STATEMENTS,
        "_each(_CHOSEN, SHELVED, UNHELD)",
        "_each(_CHOSEN, SHELVED)",
        (f"{CLAIMING}TestAssigning::test_refuses_pieces_that_are_held_by_another[postgres]",),
    ),
    Mutant(
        "an order of another order's pieces",
        STATEMENTS,
        "_each(_CHOSEN, SHELVED, UNHELD)",
        "_each(_CHOSEN, UNHELD)",
        (f"{CLAIMING}TestAssigning::test_refuses_pieces_of_another_order[postgres]",),
    ),
    Mutant(
        "pieces changed in any order",
        STATEMENTS,
        ".order_by(pieces.c.id).with_for_update()",
        ".order_by(pieces.c.id.desc()).with_for_update()",
        ("contract/test_guards.py::test_pieces_are_locked_by_id_whoever_locks_them[postgres]",),
    ),
    Mutant(
        "sold out while some may come back",
        REFUSAL,
        "    pieces.c.sold_at.is_(None),\n    pieces.c.withdrawn_at",
        "    pieces.c.order_id.is_(None),\n    pieces.c.withdrawn_at",
        (f"{CLAIMING}TestARefusal::test_all_reserved_while_an_order_is_unpaid[postgres]",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
