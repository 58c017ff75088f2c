"""Everything the shop keeps, as one set that belongs together: in memory, or in PostgreSQL."""

from typing import Protocol

from watchstore.service_layer.ports.outside import SessionLookup
from watchstore.service_layer.ports.unit_of_work import UnitOfWork
from watchstore.service_layer.ports.working import Deliveries, Duties
from watchstore.service_layer.queries import (
    AccountQueries,
    CartQueries,
    CatalogueQueries,
    CheckQueries,
    OfficeQueries,
    OrderQueries,
    PageQueries,
)


class Storage(Protocol):
    @property
    def catalogue(self) -> CatalogueQueries: ...

    @property
    def carts(self) -> CartQueries: ...

    @property
    def orders(self) -> OrderQueries: ...

    @property
    def accounts(self) -> AccountQueries: ...

    @property
    def office(self) -> OfficeQueries: ...

    @property
    def pages(self) -> PageQueries: ...

    @property
    def checks(self) -> CheckQueries: ...

    @property
    def sessions(self) -> SessionLookup: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def duties(self) -> Duties: ...

    def begin(self) -> UnitOfWork:
        """Make a fresh unit of work."""

    def ping(self) -> None:
        """Raises Unavailable when the storage is away."""

    def close(self) -> None: ...
