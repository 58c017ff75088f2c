"""Rows, keys and events in PostgreSQL: each lock and each condition, taken away."""

import pytest
from tests.mutants.mutant import Mutant

REPOSITORIES = "adapters/postgres/repositories"
LEASING = "adapters/postgres/delivery_statements.py"
OUTBOX = "contract/test_outbox.py::"
GUARDS = "contract/test_guards.py::"
KEYS = "contract/test_request_keys.py::"


def unlocked(what: str, *rows: str) -> Mutant:
    return Mutant(
        f"{what} read without a lock",
        f"{REPOSITORIES}/{what}.py",
        f"_LOCKED = select({what}).with_for_update(key_share=True)",
        f"_LOCKED = select({what})",
        tuple(
            f"{GUARDS}test_who_reads_in_order_to_change_waits_for_a_rival[postgres-{row}]"
            for row in rows
        ),
    )


MUTANTS = [
    unlocked("orders", "order"),
    unlocked("payments", "payment"),
    unlocked("users", "user"),
    unlocked("carts", "cart"),
    Mutant(
        "a key that nobody else may have tried",
        f"{REPOSITORIES}/request_keys.py",
        '    .on_conflict_do_nothing(index_elements=["actor", "key"])\n',
        "",
        (f"{KEYS}test_of_many_twins_one_does_the_work[postgres]",),
    ),
    Mutant(
        "a key claimed again by a twin that waited",
        f"{REPOSITORIES}/request_keys.py",
        "            if earlier := self.peek(key):\n                return earlier\n",
        "            return None\n",
        (f"{KEYS}test_of_many_twins_one_does_the_work[postgres]",),
    ),
    Mutant(
        "an old key claimed by all who try",
        f"{REPOSITORIES}/request_keys.py",
        ".where(*_SAME, EXPIRED)",
        ".where(*_SAME)",
        ("postgres/test_waiting.py::test_of_two_who_found_an_old_key_one_takes_it",),
    ),
    Mutant(
        "a second answer to one request",
        f"{REPOSITORIES}/request_keys.py",
        '== bindparam("answered_order"), request_keys.c.answer.is_(None))',
        '== bindparam("answered_order"))',
        (f"{KEYS}test_an_order_answers_the_request_that_made_it_once[postgres]",),
    ),
    Mutant(
        "events numbered from one",
        f"{REPOSITORIES}/outbox.py",
        "last + new.c.n",
        "0 * last + new.c.n",
        (f"{OUTBOX}TestALease::test_is_of_the_lowest_event_of_a_stream[postgres]",),
    ),
    Mutant(
        "a taken number is nobody's conflict",
        "adapters/postgres/errors.py",
        "if constraint == _NUMBERED:",
        "if False:",
        (f"{GUARDS}test_who_appends_without_the_aggregates_lock_begins_again[postgres]",),
    ),
    Mutant(
        "a database that fails over is a bug",
        "adapters/postgres/errors.py",
        "if str(error) == _GIVEN_UP",
        "if False",
        ("postgres/test_errors.py::TestUnavailable::test_when_new_connections_are_cut_as_well",),
    ),
    Mutant(
        "a worker waits for another's lease",
        LEASING,
        ".with_for_update(of=deliveries, skip_locked=True)",
        ".with_for_update(of=deliveries)",
        ("postgres/test_waiting.py::test_a_worker_does_not_wait_for_what_another_is_taking",),
    ),
    Mutant(
        "a worker leases what another is leasing",
        LEASING,
        "    .with_for_update(of=deliveries, skip_locked=True)\n",
        "",
        ("postgres/test_waiting.py::test_a_worker_does_not_wait_for_what_another_is_taking",),
    ),
    Mutant(
        "a lease is no lease",
        LEASING,
        "or_(_row.leased_until.is_(None), _row.leased_until <= _NOW)",
        "or_(_row.leased_until.is_(None), _row.leased_until.is_not(None))",
        (f"{OUTBOX}TestALease::test_is_nobody_elses[postgres]",),
    ),
    Mutant(
        "no fencing token",
        LEASING,
        '_row.token == bindparam("of_token", type_=BigInteger)',
        '_row.token >= bindparam("of_token", type_=BigInteger)',
        (f"{OUTBOX}TestFinishing::test_late_changes_nothing[postgres]",),
    ),
    Mutant(
        "events in any order",
        LEASING,
        "_EARLIER.c.seq < _row.seq",
        "_EARLIER.c.seq < 0",
        (f"{OUTBOX}TestALease::test_is_of_the_lowest_event_of_a_stream[postgres]",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
