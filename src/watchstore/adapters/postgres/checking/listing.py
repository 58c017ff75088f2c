"""The listing's rows against the watches and offers that they are made of."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, select

from watchstore.adapters.postgres.listed import rows_of
from watchstore.adapters.postgres.schema import listed_watches, watches
from watchstore.service_layer.queries import Difference

_BATCH: Final = 500
_UNREAD: Final = {"document"}  # PostgreSQL gives a tsvector back in words of its own


def stale_rows(connection: Connection) -> Iterator[Difference]:
    """What a refresh would change."""
    ids = connection.execute(select(watches.c.id).order_by(watches.c.id)).scalars().all()
    for first in range(0, len(ids), _BATCH):
        some = ids[first : first + _BATCH]
        due = {row["watch_id"]: row for row in rows_of(connection, some)}
        found = select(listed_watches).where(listed_watches.c.watch_id.in_(some))
        kept = {row["watch_id"]: dict(row) for row in connection.execute(found).mappings()}
        for watch_id in sorted({*due, *kept}):
            if odd := _odd(due.get(watch_id), kept.get(watch_id)):
                yield Difference("listing_stale", str(watch_id), odd)


def _odd(due: dict[str, Any] | None, kept: dict[str, Any] | None) -> str:
    if kept is None:
        return "published, and not listed"
    if due is None:
        return "listed, and not published"
    odd = [name for name, value in due.items() if name not in _UNREAD and kept[name] != value]
    return f"{', '.join(odd)} out of date" if odd else ""
