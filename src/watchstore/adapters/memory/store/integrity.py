"""What a table's constraints demand of a statement, in the order PostgreSQL asks it."""

from watchstore.adapters.memory.store.errors import (
    CheckViolation,
    ForeignKeyViolation,
    UniqueViolation,
)
from watchstore.adapters.memory.store.locks import Mode, Owner
from watchstore.adapters.memory.store.schema import K, R, Table, Unique
from watchstore.adapters.memory.store.workspace import Workspace


def require_checks(table: Table[K, R], row: R) -> None:
    for check in table.checks:
        if not check.holds(row):
            raise CheckViolation(check.name)


def claim(work: Workspace, table: Table[K, R], key: K, row: R, *, new: bool) -> None:
    """Wait for whoever may still give or free one of the row's unique values; refuse taken ones.

    Every wait starts again from the first constraint: others may have come in meanwhile.
    """
    work.engine.queue.until_clear(work, lambda: _rivals(work, table, key, row, new=new))


def hold_parents(work: Workspace, table: Table[K, R], row: R, before: R | None = None) -> None:
    """Keep each row referred to from being deleted; an unchanged reference is not looked at."""
    for reference in table.references:
        parent = reference.column(row)
        if parent is None or (before is not None and reference.column(before) == parent):
            continue
        parents = work.engine.tables[reference.table]
        if work.lock(parents, parent, Mode.KEY_SHARE) is None:
            raise ForeignKeyViolation(reference.name)


def refuse_orphans(work: Workspace, table: Table[K, R], key: K) -> None:
    """Refuse to have deleted a row that others refer to."""
    for children, reference in work.engine.referrers(table.name):
        for child in work.at(children, reference.name, key):
            latest = work.lock(children, child, Mode.KEY_SHARE)
            if latest is not None and reference.column(latest) == key:
                raise ForeignKeyViolation(reference.name)


def _rivals(work: Workspace, table: Table[K, R], key: K, row: R, *, new: bool) -> set[Owner]:
    if new and (rivals := _rivals_for_key(work, table, key)):
        return rivals
    for unique in table.unique:
        if rivals := _rivals_for_value(work, table, key, row, unique):
            return rivals
    return set()


def _rivals_for_key(work: Workspace, table: Table[K, R], key: K) -> set[Owner]:
    rivals = work.writers(table, [key])
    if not rivals and work.get(table, key) is not None:
        raise UniqueViolation(table.primary_key)
    return rivals


def _rivals_for_value(
    work: Workspace, table: Table[K, R], key: K, row: R, unique: Unique[R]
) -> set[Owner]:
    value = unique.key(row)
    if value is None:
        return set()
    takers = work.at(table, unique.name, value).keys() - {key}
    rivals = work.writers(table, takers) | work.claimants(table, unique.name, value)
    if takers and not rivals:
        raise UniqueViolation(unique.name)
    return rivals
