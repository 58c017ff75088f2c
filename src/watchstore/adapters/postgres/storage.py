"""Everything the shop keeps, in PostgreSQL."""

from collections.abc import Callable

from sqlalchemy import text

from watchstore.adapters.postgres import engine
from watchstore.adapters.postgres.catalogue.queries import PostgresCatalogueQueries
from watchstore.adapters.postgres.checking.queries import PostgresCheckQueries
from watchstore.adapters.postgres.deliveries import PostgresDeliveries
from watchstore.adapters.postgres.duties import PostgresDuties
from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries.accounts import PostgresAccountQueries
from watchstore.adapters.postgres.queries.carts import PostgresCartQueries
from watchstore.adapters.postgres.queries.office import PostgresOfficeQueries
from watchstore.adapters.postgres.queries.orders import PostgresOrderQueries
from watchstore.adapters.postgres.queries.pages import PostgresPageQueries
from watchstore.adapters.postgres.session_lookup import PostgresSessionLookup
from watchstore.adapters.postgres.unit_of_work import PostgresUnitOfWork
from watchstore.service_layer.ports import Deliveries, Duties, SessionLookup, UnitOfWork
from watchstore.service_layer.queries import (
    AccountQueries,
    CartQueries,
    CatalogueQueries,
    CheckQueries,
    OfficeQueries,
    OrderQueries,
    PageQueries,
)
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary

_PING = text("SELECT 1")


class PostgresStorage:
    """Connects on first use; each of its two pools has up to `pool_size` connections."""

    def __init__(
        self, url: str, *, pool_size: int, speller: Callable[[Vocabulary], Speller]
    ) -> None:
        self._transactions = engine.transactions(url, pool_size=pool_size)
        self._reads = engine.reads(url, pool_size=pool_size)
        self.catalogue: CatalogueQueries = PostgresCatalogueQueries(self._reads, speller)
        self.carts: CartQueries = PostgresCartQueries(self._reads)
        self.orders: OrderQueries = PostgresOrderQueries(self._reads)
        self.accounts: AccountQueries = PostgresAccountQueries(self._reads)
        self.office: OfficeQueries = PostgresOfficeQueries(self._reads)
        self.pages: PageQueries = PostgresPageQueries(self._reads)
        self.checks: CheckQueries = PostgresCheckQueries(self._transactions)
        self.sessions: SessionLookup = PostgresSessionLookup(self._reads)
        self.deliveries: Deliveries = PostgresDeliveries(self._reads)
        self.duties: Duties = PostgresDuties(self._reads)

    def begin(self) -> UnitOfWork:
        return PostgresUnitOfWork(self._transactions)

    def ping(self) -> None:
        with translated(), self._reads.connect() as connection:
            connection.execute(_PING)

    def close(self) -> None:
        self._transactions.dispose()
        self._reads.dispose()
