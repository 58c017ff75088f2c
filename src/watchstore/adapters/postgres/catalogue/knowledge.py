"""What a process remembers of one version of the catalogue: its words, brands, collections."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine

from watchstore.adapters.postgres.errors import translated
from watchstore.service_layer.facets import collection_code
from watchstore.service_layer.queries import BrandRow
from watchstore.service_layer.searching.suggestions import (
    Suggestable,
    suggestable_brand,
    suggestable_collection,
)
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary

# One statement whether or not anything changed; the subqueries run only when it did.
_NEWS: Final = """
SELECT version,
       (SELECT coalesce(json_object_agg(word, ndoc), '{}')
        FROM ts_stat('SELECT document FROM listed_watches')),
       (SELECT coalesce(json_agg(bare_reference), '[]') FROM listed_watches),
       (SELECT coalesce(json_agg(row_to_json(b)), '[]')
        FROM (SELECT slug, name, country, founded_year, shown.watches
              FROM brands JOIN (SELECT brand, count(*) AS watches FROM listed_watches
                                GROUP BY brand) shown ON shown.brand = brands.name
              ORDER BY name COLLATE "C") b),
       (SELECT coalesce(json_agg(json_build_array(brand, collection, watches)), '[]')
        FROM (SELECT brand, collection, count(*) AS watches FROM listed_watches
              WHERE collection <> '' GROUP BY brand, collection) c)
FROM catalogue_state WHERE version <> %(known)s
"""


@dataclass(frozen=True, slots=True)
class Knowledge:
    version: int
    speller: Speller
    brands: tuple[BrandRow, ...]
    groups: tuple[Suggestable, ...]


class CurrentKnowledge:
    """Asks each time whether the catalogue changed; threads may gather the same news twice."""

    def __init__(self, reads: Engine, speller: Callable[[Vocabulary], Speller]) -> None:
        self._reads = reads
        self._speller = speller
        self._known: Knowledge | None = None

    def get(self) -> Knowledge:
        known = self._known
        with translated(), self._reads.connect() as connection:
            news = connection.exec_driver_sql(
                _NEWS, {"known": known.version if known else -1}
            ).first()
        if news is not None:
            known = self._known = _knowledge(news, self._speller)
        if known is None:
            raise LookupError("catalogue_state is empty")
        return known


def _knowledge(news: Any, speller: Callable[[Vocabulary], Speller]) -> Knowledge:
    version, words, references, brand_rows, collections = news
    brands = tuple(BrandRow(**row) for row in brand_rows)
    return Knowledge(
        version,
        speller(Vocabulary(words, tuple(references), len(references))),
        brands,
        (*_brand_suggestions(brands), *_collection_suggestions(collections)),
    )


def _brand_suggestions(brands: tuple[BrandRow, ...]) -> Iterator[Suggestable]:
    for brand in brands:
        yield suggestable_brand(brand.name, value=brand.slug, watches=brand.watches)


def _collection_suggestions(rows: list[Any]) -> Iterator[Suggestable]:
    for brand, name, watches in rows:
        value = collection_code(brand, name)
        yield suggestable_collection(brand, name, value=value, watches=watches)
