"""Migrations while the shop is open: each precaution, taken away."""

import pytest
from tests.mutants.mutant import Mutant

RUNNING = "adapters/postgres/migrations/running.py"
LOCKS = "migrating/test_locks.py::"
QUEUE = f"{LOCKS}test_who_queues_up_behind_a_migrator_gets_through"

MUTANTS = [
    Mutant("a migrator that queues up for good", RUNNING, '"1s"', '"0"', (QUEUE,)),
    Mutant("a migrator that gives up at once", RUNNING, "if not left:", "if True:", (QUEUE,)),
    Mutant(
        "a migrator that waits for its turn in a query",
        RUNNING,
        '"SELECT pg_try_advisory_lock(:key)"',
        '"SELECT pg_advisory_lock(:key) IS NOT NULL"',
        (f"{LOCKS}test_who_waits_for_its_turn_is_not_waited_for",),
    ),
    Mutant(
        "an unfinished index that counts as made",
        "adapters/postgres/migrations/scripts.py",
        "            _drop_unfinished(bind)\n",
        "",
        (f"{LOCKS}test_what_an_index_left_unfinished_is_made_anew",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
