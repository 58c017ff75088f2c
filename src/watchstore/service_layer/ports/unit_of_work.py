"""Where the shop keeps things: the unit of work that holds all repositories together.

Everything here is transactional at READ COMMITTED. `get` and `find` LOCK the row until the
transaction ends: what a use case reads there, it may change. Questions go to `queries`.
"""

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from watchstore.domain.events import Event
from watchstore.service_layer.ports.goods import Offers, Pieces, Watches
from watchstore.service_layer.ports.once import Notices, RequestKeys
from watchstore.service_layer.ports.papers import Papers
from watchstore.service_layer.ports.people import Sessions, Tokens, Users
from watchstore.service_layer.ports.personal import AddressBooks, WishLists
from watchstore.service_layer.ports.selling import Carts, Checkouts, Vouchers
from watchstore.service_layer.ports.sold import Orders, Payments, Refunds, Returns


class ConcurrencyConflict(Exception):
    """A rival got in between (deadlock, serialization): repeat with a fresh unit of work."""


class Unavailable(Exception):
    """A dependency is away or too busy; nothing was done."""


class Outbox(Protocol):
    def append(self, aggregate: UUID, *events: Event) -> None:
        """Number and store events, with a delivery for each consumer of `reactions.REACTIONS`.

        The caller holds the lock of the aggregate (or has just inserted it).
        """


class UnitOfWork(Protocol):
    """One transaction: begins at `with`, ends at `commit()`; without it everything is lost."""

    users: Users
    sessions: Sessions
    tokens: Tokens
    address_books: AddressBooks
    wish_lists: WishLists
    watches: Watches
    offers: Offers
    pieces: Pieces
    carts: Carts
    orders: Orders
    payments: Payments
    checkouts: Checkouts
    vouchers: Vouchers
    refunds: Refunds
    returns: Returns
    papers: Papers
    keys: RequestKeys
    outbox: Outbox
    notices: Notices

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None: ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was done inside when an exception leaves the block."""


class Begin(Protocol):
    """Makes a fresh unit of work for every call."""

    def __call__(self) -> UnitOfWork: ...
