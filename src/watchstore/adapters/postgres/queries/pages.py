"""What the published pages are made of, and what changed of it: a statement a question."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Engine

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries.passport import PUBLISHED, passports_of
from watchstore.service_layer.queries import BrandRow, Changes, WatchPassport

# Every watch, whether or not its edits were counted.
_ALL: Final = """
SELECT s.version, w.slug, w.publication = 'published'
FROM catalogue_state s LEFT JOIN watches w ON true"""
_SINCE: Final = """
SELECT s.version, w.slug, w.publication = 'published'
FROM catalogue_state s
LEFT JOIN catalogue_edits e ON e.version > %(since)s
LEFT JOIN watches w ON w.id = e.watch_id"""
_MAKERS: Final = """
SELECT b.slug, b.name, b.country, b.founded_year, shown.watches
FROM brands b JOIN (SELECT brand, count(*) AS watches FROM watches
                    WHERE publication = 'published' GROUP BY brand) shown ON shown.brand = b.name
ORDER BY b.name COLLATE "C"
"""


class PostgresPageQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def changes(self, *, since: int) -> Changes:
        """One statement sees one moment: no edit of its version is missing."""
        with translated(), self._engine.connect() as connection:
            statement = _SINCE if since else _ALL
            rows = connection.exec_driver_sql(statement, {"since": since}).all()
        edited = [(slug, is_shown) for _, slug, is_shown in rows if slug is not None]
        shown = sorted(slug for slug, is_shown in edited if is_shown)
        gone = sorted(slug for slug, is_shown in edited if not is_shown)
        return Changes(rows[0][0], tuple(shown), tuple(gone))

    def watches(self, slugs: Collection[str]) -> tuple[WatchPassport, ...]:
        with translated(), self._engine.connect() as connection:
            return passports_of(connection, PUBLISHED, {"slugs": list(slugs)})

    def makers(self) -> tuple[BrandRow, ...]:
        with translated(), self._engine.connect() as connection:
            return tuple(BrandRow(*row) for row in connection.exec_driver_sql(_MAKERS))
