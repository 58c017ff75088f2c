"""The twin in memory is as strict: each of its locks, waits and checks, taken away."""

import pytest
from tests.mutants.mutant import Mutant

MEMORY = "adapters/memory"
STORE = f"{MEMORY}/store"
CLAIMING, GUARDS = "contract/test_claiming.py::", "contract/test_guards.py::"
OUTBOX, KEYS = "contract/test_outbox.py::", "contract/test_request_keys.py::"
LOCKS = "unit/adapters/memory_store/test_store_locks.py::"
UNSETTLED = "unit/service_layer/test_ordering_once.py::TestAnUnsettledPayment::"
READING = f"{GUARDS}test_who_reads_in_order_to_change_waits_for_a_rival[memory-"

MUTANTS = [
    Mutant(
        "a lock that keeps nobody away",
        f"{STORE}/locks.py",
        "    Mode.UPDATE: set(Mode),\n",
        "    Mode.UPDATE: set(),\n",
        (f"{CLAIMING}TestAClaim::test_lasts_as_long_as_its_transaction[memory]",),
    ),
    Mutant(
        "an update that waits for nobody",
        f"{STORE}/locks.py",
        "{Mode.NO_KEY_UPDATE, Mode.UPDATE}",
        "set()",
        (
            f"{LOCKS}TestRowLocks::test_update_waits_for_the_lock_but_a_stale_read_still_loses_a_write",
        ),
    ),
    Mutant(
        "circles of waiting",
        f"{STORE}/locks.py",
        "if self._waits_for_itself(waiter):",
        "if False:",
        (f"{LOCKS}TestDeadlock::test_the_later_waiter_is_refused_and_the_other_goes_on",),
    ),
    Mutant(
        "locked rows are not skipped",
        f"{STORE}/transaction.py",
        "if skip_locked and not work.is_free(table, key, Mode.UPDATE):",
        "if False:",
        (f"{CLAIMING}TestAClaim::test_lasts_as_long_as_its_transaction[memory]",),
    ),
    Mutant(
        "a row taken as it was before the wait",
        f"{STORE}/transaction.py",
        "if latest is row or (latest is not None and selection.still_has(latest)):",
        "if latest is not None:",
        (f"{CLAIMING}TestAClaim::test_refuses_what_the_rival_it_waited_for_took[memory]",),
    ),
    Mutant(
        "a unique value that is not waited for",
        f"{STORE}/integrity.py",
        "rivals = work.writers(table, takers) | work.claimants(table, unique.name, value)",
        "rivals = work.writers(table, takers)",
        (f"{GUARDS}test_who_appends_without_the_aggregates_lock_begins_again[memory]",),
    ),
    Mutant(
        "a primary key that is not waited for",
        f"{STORE}/integrity.py",
        "rivals = work.writers(table, [key])",
        "rivals = set()",
        (f"{KEYS}test_a_twin_waits_and_then_knows[memory-True]",),
    ),
    Mutant(
        "rows read for change without a lock",
        f"{MEMORY}/one.py",
        "row = tx.lock(table, key)",
        "row = tx.get(table, key)",
        (f"{READING}order]", f"{READING}user]"),
    ),
    Mutant(
        "rows found for change without a lock",
        f"{MEMORY}/one.py",
        "found = tx.lock_where(table, at=At(unique, value))",
        "found = tx.scan(table, at=At(unique, value))",
        (f"{READING}cart]", f"{READING}payment]"),
    ),
    Mutant(
        "no way back before the second pass",
        f"{MEMORY}/claiming.py",
        "            savepoint.rollback_to()\n            claimed",
        "            claimed",
        (f"{GUARDS}TestAClaimThatWaits::test_holds_nothing_that_the_rival_may_want[memory]",),
    ),
    Mutant(
        "offers in the order of the request",
        f"{MEMORY}/claiming.py",
        "ordered = dict(sorted(wanted.items()))",
        "ordered = dict(wanted)",
        (f"{GUARDS}TestAClaimThatWaits::test_holds_nothing_that_the_rival_may_want[memory]",),
    ),
    Mutant(
        "pieces in no order",
        f"{MEMORY}/claiming.py",
        "order=self._own_first if skip_locked else _by_id",
        "order=self._own_first if skip_locked else lambda row: -row.piece.id.int",
        (f"{GUARDS}TestAClaimThatWaits::test_takes_the_pieces_of_an_offer_in_their_order[memory]",),
    ),
    Mutant(
        "pieces changed in any order",
        f"{MEMORY}/pieces.py",
        "order=lambda row: row.piece.id)",
        "order=lambda row: -row.piece.id.int)",
        (f"{GUARDS}test_pieces_are_locked_by_id_whoever_locks_them[memory]",),
    ),
    Mutant(
        "one's own hold is in one's way",
        f"{MEMORY}/claiming.py",
        "return self._is_own(piece) or piece.hold is None",
        "return piece.hold is None",
        (f"{CLAIMING}TestAHold::test_turns_into_an_order[memory]",),
    ),
    Mutant(
        "an order of whatever it names",
        f"{MEMORY}/pieces.py",
        "if not self._may_take(piece, hold_id):",
        "if False:",
        (f"{CLAIMING}TestAssigning::test_refuses_when_the_hold_is_gone[memory-another's]",),
    ),
    Mutant(
        "a second order of one hold",
        f"{MEMORY}/tables.py",
        '        Unique("order_hold_id_key", lambda order: order.hold_id),\n',
        "",
        (f"{GUARDS}test_a_hold_of_two_pieces_makes_one_order_of_one[memory]",),
    ),
    Mutant(
        "an old key claimed by all who try",
        f"{MEMORY}/request_keys.py",
        "while not self._tx.insert_or_ignore(REQUEST_KEYS, _id(key), row):",
        "if not self._tx.insert_or_ignore(REQUEST_KEYS, _id(key), row):",
        (f"{KEYS}test_an_old_key_is_claimed_anew_by_one_of_many[memory]",),
    ),
    Mutant(
        "no fencing token",
        f"{MEMORY}/deliveries.py",
        "row is None or row.token != lease.token or",
        "row is None or",
        (f"{OUTBOX}TestFinishing::test_late_changes_nothing[memory]",),
    ),
    Mutant(
        "events in any order",
        f"{MEMORY}/deliveries.py",
        "heads.setdefault(row.stream, row)",
        "heads.setdefault((row.event_id, row.consumer), row)",
        (f"{OUTBOX}TestALease::test_is_of_the_lowest_event_of_a_stream[memory]",),
    ),
    Mutant(
        "a gateway that charges each time it is asked",
        f"{MEMORY}/gateway.py",
        "if key not in self._answers:",
        "if True:",
        (f"{UNSETTLED}test_is_completed_by_the_worker_with_one_charge",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
