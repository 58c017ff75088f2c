"""Everything the shop keeps, in this process and gone with it."""

from collections.abc import Callable

from watchstore.adapters.memory.account_queries import MemoryAccountQueries
from watchstore.adapters.memory.cart_queries import MemoryCartQueries
from watchstore.adapters.memory.catalogue_queries import MemoryCatalogueQueries
from watchstore.adapters.memory.checking import MemoryCheckQueries
from watchstore.adapters.memory.deliveries import MemoryDeliveries
from watchstore.adapters.memory.duties import MemoryDuties
from watchstore.adapters.memory.office_queries import MemoryOfficeQueries
from watchstore.adapters.memory.order_queries import MemoryOrderQueries
from watchstore.adapters.memory.page_queries import MemoryPageQueries
from watchstore.adapters.memory.session_lookup import MemorySessionLookup
from watchstore.adapters.memory.store import Store
from watchstore.adapters.memory.tables import TABLES
from watchstore.adapters.memory.unit_of_work import MemoryUnitOfWork
from watchstore.service_layer.ports import (
    Clock,
    Deliveries,
    Duties,
    SessionLookup,
    UnitOfWork,
)
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


class MemoryStorage:
    """`clock` is the database's own: holds, leases and request keys end by it."""

    def __init__(self, clock: Clock, speller: Callable[[Vocabulary], Speller]) -> None:
        self._store = Store(*TABLES, clock=clock.now)
        self.catalogue: CatalogueQueries = MemoryCatalogueQueries(self._store, speller)
        self.carts: CartQueries = MemoryCartQueries(self._store)
        self.orders: OrderQueries = MemoryOrderQueries(self._store)
        self.accounts: AccountQueries = MemoryAccountQueries(self._store)
        self.office: OfficeQueries = MemoryOfficeQueries(self._store)
        self.pages: PageQueries = MemoryPageQueries(self._store)
        self.checks: CheckQueries = MemoryCheckQueries(self._store)
        self.sessions: SessionLookup = MemorySessionLookup(self._store)
        self.deliveries: Deliveries = MemoryDeliveries(self._store)
        self.duties: Duties = MemoryDuties(self._store)

    def begin(self) -> UnitOfWork:
        return MemoryUnitOfWork(self._store)

    def ping(self) -> None:
        """Memory is never away."""

    def close(self) -> None:
        """Nothing to give back."""
