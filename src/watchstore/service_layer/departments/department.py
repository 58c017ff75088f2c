"""What every department of the shop stands on."""

from watchstore.service_layer.given import Creating, Settling, Timed
from watchstore.service_layer.needs import Ports
from watchstore.service_layer.ports import Begin, SessionLookup
from watchstore.service_layer.queries import (
    AccountQueries,
    CartQueries,
    CatalogueDocuments,
    CatalogueQueries,
    OfficeQueries,
    OrderQueries,
)


class Department:
    """Each use case takes its command and nothing else; what it does is told where it is
    written."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.begin: Begin = ports.storage.begin
        self.catalogue: CatalogueQueries = ports.storage.catalogue
        self.documents: CatalogueDocuments = ports.documents
        self.carts: CartQueries = ports.storage.carts
        self.orders: OrderQueries = ports.storage.orders
        self.accounts: AccountQueries = ports.storage.accounts
        self.office: OfficeQueries = ports.storage.office
        self.sessions: SessionLookup = ports.sessions

    @property
    def _timed(self) -> Timed:
        return {"begin": self.begin, "clock": self.ports.clock}

    @property
    def _creating(self) -> Creating:
        return {**self._timed, "entropy": self.ports.entropy}

    @property
    def _settling(self) -> Settling:
        return {**self._timed, "gateway": self.ports.gateway, "terms": self.ports.terms}
