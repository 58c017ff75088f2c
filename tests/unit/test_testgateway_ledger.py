import sqlite3

import pytest

from watchstore.entrypoints.testgateway.ledger import Answer, KeyReused, Ledger
from watchstore.entrypoints.testgateway.parsing import Claim
from watchstore.entrypoints.testgateway.rules import Kind, Sums

CLAIM = Claim("key", "digest")
DONE = Answer(200, "{}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path):
    opened = Ledger(path)
    yield opened
    opened.close()


def charge(books):
    books.open_payment("pay_1", "W-1", "USD")
    books.add("pay_1", Kind.AUTHORISED, 1000)
    return DONE


def payment(ledger):
    with ledger.reading() as books:
        return books.payment("pay_1")


def test_a_key_acts_once(ledger):
    assert ledger.earlier_answer(CLAIM) is None
    assert ledger.once(CLAIM, charge).acted

    again = ledger.once(CLAIM, charge)

    assert (again.answer, again.acted) == (DONE, False)
    assert ledger.earlier_answer(CLAIM) == DONE
    assert payment(ledger).sums == Sums(authorised=1000)


def test_a_key_belongs_to_one_request(ledger):
    ledger.once(CLAIM, charge)

    with pytest.raises(KeyReused):
        ledger.once(Claim("key", "other"), charge)
    with pytest.raises(KeyReused):
        ledger.earlier_answer(Claim("key", "other"))


def test_an_act_that_fails_leaves_neither_entry_nor_key(ledger):
    def fail(books):
        charge(books)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ledger.once(CLAIM, fail)

    assert payment(ledger) is None
    assert ledger.once(CLAIM, charge).acted


def test_entries_and_keys_outlive_the_process(path):
    first = Ledger(path)
    first.once(CLAIM, charge)
    first.close()

    second = Ledger(path)
    assert second.earlier_answer(CLAIM) == DONE
    assert payment(second).sums == Sums(authorised=1000)
    second.close()


def test_commits_are_synced_to_disk(ledger):
    (level,) = ledger._connection.execute("PRAGMA synchronous").fetchone()
    (mode,) = ledger._connection.execute("PRAGMA journal_mode").fetchone()
    assert (level, mode) == (2, "wal")


@pytest.mark.parametrize("statement", ["DELETE FROM entry", "UPDATE entry SET amount = 1"])
def test_the_ledger_is_append_only_even_for_a_script(ledger, path, statement):
    ledger.once(CLAIM, charge)
    script = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        script.execute(statement)
    script.close()
    assert payment(ledger).sums == Sums(authorised=1000)


def test_entries_come_in_pages(ledger):
    def charge_and_capture(books):
        charge(books)
        books.add("pay_1", Kind.CAPTURED, 400)
        return DONE

    ledger.once(CLAIM, charge_and_capture)
    with ledger.reading() as books:
        (first,) = books.entries(0, 1)
        (second,) = books.entries(first["id"], 1)
        assert books.entries(second["id"], 1) == []
    assert (first["kind"], second["kind"]) == ("authorised", "captured")
