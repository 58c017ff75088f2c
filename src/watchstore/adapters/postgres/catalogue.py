"""What the catalogue answers."""

from collections.abc import Callable

from sqlalchemy import Engine, func, select

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries.passport import BY_SLUG, passport
from watchstore.adapters.postgres.schema import brands, catalogue_state, watches
from watchstore.domain.watch import Publication
from watchstore.service_layer.queries import (
    BrandRow,
    Listing,
    Suggestion,
    WatchPage,
    WatchPassport,
)
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary

_PUBLISHED = watches.c.publication == Publication.PUBLISHED.value
_WATCH = BY_SLUG.where(_PUBLISHED)
_BRANDS = (
    select(brands, func.count().label("watches"))
    .join(watches, watches.c.brand == brands.c.name)
    .where(_PUBLISHED)
    .group_by(brands.c.name)
    .order_by(brands.c.name.collate("C"))
)
_VERSION = select(catalogue_state.c.version)


class PostgresCatalogueQueries:
    def __init__(self, engine: Engine, speller: Callable[[Vocabulary], Speller]) -> None:
        self._engine = engine
        self._speller = speller

    def listing(self, listing: Listing) -> WatchPage:
        raise NotImplementedError(listing)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        raise NotImplementedError(text)

    def watch(self, slug: str) -> WatchPassport | None:
        with translated(), self._engine.connect() as connection:
            return passport(connection, _WATCH, slug)

    def brands(self) -> tuple[BrandRow, ...]:
        """By name; only those of which a watch is shown."""
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(_BRANDS).all()
        return tuple(
            BrandRow(row.slug, row.name, row.country, row.founded_year, row.watches) for row in rows
        )

    def version(self) -> int:
        with translated(), self._engine.connect() as connection:
            return int(connection.execute(_VERSION).scalar_one())
