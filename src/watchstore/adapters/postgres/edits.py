"""Counts the edits of the catalogue, and notes which watches each of them was about."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection

from watchstore.domain.identifiers import OfferId, WatchId

# The state's one row is locked until the commit: versions come in the order of the commits, so
# who has read one of them misses nothing that was committed under it.
_COUNT: Final = """
WITH edit AS (UPDATE catalogue_state SET version = version + 1 RETURNING version),
edited AS (SELECT unnest(%(watches)s::uuid[]) AS watch_id
           UNION SELECT watch_id FROM offers WHERE id = ANY (%(offers)s::uuid[]))
INSERT INTO catalogue_edits (watch_id, version)
SELECT edited.watch_id, edit.version FROM edited, edit
ON CONFLICT (watch_id) DO UPDATE SET version = excluded.version
"""


def count_edit(
    connection: Connection, watches: Collection[WatchId], stocked: Collection[OfferId]
) -> None:
    """Last of all, so that editors queue up for the one row only briefly."""
    params = {"watches": [str(each) for each in watches], "offers": [str(each) for each in stocked]}
    connection.exec_driver_sql(_COUNT, params)
