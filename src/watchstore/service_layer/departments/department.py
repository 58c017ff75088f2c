"""What every department of the shop stands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from watchstore.domain.terms import Terms
from watchstore.service_layer import relay
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    Entropy,
    Mailer,
    PasswordHasher,
    PaymentGateway,
    RateLimiter,
    SessionLookup,
)
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import (
    AccountQueries,
    CartQueries,
    CatalogueDocuments,
    CatalogueQueries,
    OfficeQueries,
    OrderQueries,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """One implementation for each port. `sessions` may be a cache in front of the storage's.

    `delivery_failed` is told of every failed event, for the log; `spread` is a random factor
    of about one, so that what failed together is not repeated in step.
    """

    storage: Storage
    sessions: SessionLookup
    documents: CatalogueDocuments
    gateway: PaymentGateway
    clock: Clock
    entropy: Entropy
    hasher: PasswordHasher
    limiter: RateLimiter
    mailer: Mailer
    common_passwords: frozenset[str]
    public_url: str
    session_life: timedelta
    delivery_failed: relay.Failed
    spread: Callable[[], float]
    terms: Terms = field(default_factory=Terms)


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
