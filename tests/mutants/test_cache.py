"""What Redis may remember: each guard against reviving what has ended, taken away."""

import pytest
from tests.mutants.mutant import Mutant

SESSIONS, DOCUMENTS = "adapters/redis/sessions.py", "adapters/redis/documents.py"
CATALOGUE = "integration/redis/test_documents.py::"
ENDED = "integration/redis/test_sessions.py::"

MUTANTS = [
    Mutant(
        "no tombstone",
        SESSIONS,
        "self._client.put_all(keys, _ENDED, milliseconds=int(TOMBSTONE * 1000))",
        "[self._client.drop(key) for key in keys]",
        (
            f"{ENDED}test_an_ended_session_is_gone_without_a_question",
            f"{ENDED}test_a_slow_reader_does_not_revive_an_ended_session",
        ),
    ),
    Mutant(
        "a fill that overwrites a tombstone",
        SESSIONS,
        "self._client.put_new(_key(secret_hash)",
        "self._client.put(_key(secret_hash)",
        (f"{ENDED}test_a_slow_reader_does_not_revive_an_ended_session",),
    ),
    Mutant(
        "a fill however late",
        SESSIONS,
        "if found is not None and time.monotonic() - asked < LATEST_FILL:",
        "if found is not None:",
        (f"{ENDED}test_a_reader_slower_than_allowed_remembers_nothing",),
    ),
    Mutant(
        "what is remembered is fresh enough for a change",
        SESSIONS,
        "        if fresh:\n            return self._inner.find(secret_hash, fresh=True)\n",
        "",
        (f"{ENDED}test_fresh_asks_the_database_whatever_is_remembered",),
    ),
    Mutant(
        "the version read after the query",
        DOCUMENTS,
        "return self._flights.join(key, lambda: self._fill(key, compute))",
        "document = compute(); self._store(_key(self._version._ask(), question),"
        " _packed(document), 5000); return document",
        (f"{CATALOGUE}test_a_slow_reader_does_not_store_old_data_under_a_new_version",),
    ),
    Mutant(
        "a version remembered for a second after the answer",
        "adapters/redis/version.py",
        "        until = self._now() + MEMORY\n        version = self._ask()\n",
        "        version = self._ask()\n        until = self._now() + MEMORY\n",
        ("unit/adapters/redis/test_version.py::test_the_second_begins_before_a_slow_question",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
