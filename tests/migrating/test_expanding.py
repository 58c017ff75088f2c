"""A migration that the running release can't live with is refused before it is merged."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from tests.harness.databases import create_empty, drop_database
from tests.migrating.capturing import Revision, Said, revisions, with_own_versions
from tests.migrating.expanding import BASELINE, faults

from watchstore.adapters.postgres.migrations import migrating

REFUSED = {
    "a table dropped": ("DROP TABLE orders", "DROP TABLE"),
    "a table renamed": ("ALTER TABLE orders RENAME TO sales", "RENAME"),
    "a column dropped": ("ALTER TABLE orders DROP COLUMN phone", "DropColumn"),
    "a column renamed": ("ALTER TABLE orders RENAME phone TO telephone", "RENAME"),
    "a column nobody fills": ("ALTER TABLE orders ADD c int NOT NULL", "without DEFAULT"),
    "a table rewritten": (
        "ALTER TABLE orders ADD c uuid DEFAULT gen_random_uuid()",
        "rewrites the table",
    ),
    "a column with a check": ("ALTER TABLE orders ADD c int CHECK (c > 0)", "CHECK beside it"),
    "a column with a reference": ("ALTER TABLE orders ADD c uuid REFERENCES users", "FOREIGN"),
    "a column with a key": ("ALTER TABLE orders ADD c uuid UNIQUE", "UNIQUE beside it"),
    "another type": ("ALTER TABLE orders ALTER phone TYPE varchar(20)", "AlterColumnType"),
    "a column made required": ("ALTER TABLE orders ALTER phone SET NOT NULL", "SetNotNull"),
    "a default dropped": ("ALTER TABLE orders ALTER parcels DROP DEFAULT", "DROP DEFAULT"),
    "an index that stops writes": ("CREATE INDEX i ON orders (email)", "without CONCURRENTLY"),
    "an index dropped under lock": ("DROP INDEX orders_placed_at_id_idx", "without CONCURRENTLY"),
    "a check that reads all": ("ALTER TABLE orders ADD CHECK (true)", "without NOT VALID"),
    "a reference that reads all": (
        "ALTER TABLE orders ADD FOREIGN KEY (buyer) REFERENCES users",
        "without NOT VALID",
    ),
    "a key that builds its index": ("ALTER TABLE orders ADD UNIQUE (email)", "USING INDEX"),
    "a constraint dropped": ("ALTER TABLE orders DROP CONSTRAINT c", "DropConstraint"),
    "a constraint validated under lock": (
        "ALTER TABLE orders ADD CONSTRAINT c CHECK (true) NOT VALID, VALIDATE CONSTRAINT c",
        "VALIDATE in the transaction",
    ),
    "a trigger dropped": ("DROP TRIGGER orders_onward ON orders", "DROP TRIGGER"),
    "a trigger switched off": ("ALTER TABLE orders DISABLE TRIGGER ALL", "DisableTrigAll"),
    "a function dropped": ("DROP FUNCTION refuse_change", "DROP FUNCTION"),
    "all rows changed at once": ("UPDATE orders SET phone = ''", "IN BATCHES"),
    "many rows deleted at once": ("DELETE FROM notices", "IN BATCHES"),
    "a table emptied": ("TRUNCATE notices", "TruncateStmt"),
    "a table locked": ("LOCK TABLE orders", "LockStmt"),
    "what can't be read": ("DO $$ BEGIN END $$", "DoStmt"),
}
TAKEN = {
    "a column that may be empty": "ALTER TABLE orders ADD c text",
    "a column with a default": "ALTER TABLE orders ADD c jsonb DEFAULT '[]'::jsonb NOT NULL",
    "a table of its own": "CREATE TABLE t (id int NOT NULL UNIQUE); CREATE INDEX i ON t (id);"
    "ALTER TABLE t ADD CHECK (id > 0); UPDATE t SET id = 1",
    "a check of what is new": "ALTER TABLE orders ADD CONSTRAINT c CHECK (true) NOT VALID",
    "a check made anew": "ALTER TABLE orders DROP CONSTRAINT c,"
    " ADD CONSTRAINT c CHECK (true) NOT VALID",
    "a function made anew": "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
}
OUTSIDE = {
    "an index": "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (email)",
    "an index dropped": "DROP INDEX CONCURRENTLY IF EXISTS i",
    "a batch": "UPDATE orders SET phone = '' WHERE id IN (SELECT id FROM orders LIMIT 9)",
    "a validation": "ALTER TABLE orders VALIDATE CONSTRAINT c",
}


def revision(*statements: str, transactional: bool = True, contract: object = None) -> Revision:
    said = tuple(Said(statement, transactional) for statement in statements)
    return Revision("next", said, contract)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(name: str) -> None:
    statement, why = REFUSED[name]
    (fault,) = faults(revision(statement))
    assert why in fault


@pytest.mark.parametrize("name", TAKEN)
def test_is_taken(name: str) -> None:
    assert faults(revision(TAKEN[name])) == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_is_taken_outside_a_transaction(name: str) -> None:
    assert faults(revision(OUTSIDE[name], transactional=False)) == []


def test_a_revision_is_in_a_transaction_or_outside() -> None:
    said = (Said(TAKEN["a column that may be empty"]), Said(OUTSIDE["an index"], False))
    (fault,) = faults(Revision("next", said))
    assert fault.endswith("make two revisions of it")


def test_a_step_that_contracts_says_why() -> None:
    gone = "ALTER TABLE orders DROP COLUMN phone"
    assert faults(revision(gone, contract="nothing reads it since release 1.4")) == []
    assert faults(revision(gone, contract=" ")) != []
    assert faults(revision(gone, contract=True)) != []


@pytest.fixture(scope="module")
def heard(servers) -> Iterator[list[Revision]]:
    name = f"heard_{uuid4().hex}"
    url = create_empty(servers.database_url, name)
    with migrating(url) as connection:
        yield revisions(connection, with_own_versions(connection))
    drop_database(servers.database_url, name)


def test_every_migration_since_the_first_release_only_expands(heard: list[Revision]) -> None:
    since = [each.name for each in heard].index(BASELINE) + 1
    odd = {each.name: found for each in heard[since:] if (found := faults(each))}
    assert odd == {}


def test_every_statement_was_heard(heard: list[Revision]) -> None:
    """Those before the baseline too, which do what is refused now."""
    found = {each.name: faults(each) for each in heard}
    assert any("DropColumn" in fault for fault in found["0009"])
    assert any("VALIDATE" in fault for fault in found["0010"])
    assert all(each.said for each in heard)
