"""One transaction over the store, with every repository in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from watchstore.adapters.memory.carts import MemoryCarts
from watchstore.adapters.memory.checkouts import MemoryCheckouts
from watchstore.adapters.memory.goods import MemoryOffers, MemoryWatches
from watchstore.adapters.memory.notices import MemoryNotices
from watchstore.adapters.memory.orders import MemoryOrders, MemoryPayments
from watchstore.adapters.memory.outbox import MemoryOutbox
from watchstore.adapters.memory.papers import MemoryPapers
from watchstore.adapters.memory.people import MemorySessions, MemoryTokens, MemoryUsers
from watchstore.adapters.memory.personal import MemoryAddressBooks, MemoryWishLists
from watchstore.adapters.memory.pieces import MemoryPieces
from watchstore.adapters.memory.refunds import MemoryRefunds
from watchstore.adapters.memory.request_keys import MemoryRequestKeys
from watchstore.adapters.memory.returns import MemoryReturns
from watchstore.adapters.memory.rows import EditRow
from watchstore.adapters.memory.store import (
    Deadlock,
    ForeignKeyViolation,
    LockTimeout,
    Store,
    Transaction,
)
from watchstore.adapters.memory.tables import COUNTERS, EDITS
from watchstore.adapters.memory.vouchers import MemoryVouchers
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import WatchId
from watchstore.service_layer.ports import (
    AddressBooks,
    Carts,
    Checkouts,
    ConcurrencyConflict,
    Notices,
    Offers,
    Orders,
    Outbox,
    Papers,
    Payments,
    Pieces,
    Refunds,
    RequestKeys,
    Returns,
    Sessions,
    Tokens,
    Users,
    Vouchers,
    Watches,
    WishLists,
)


class MemoryUnitOfWork:
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

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Self:
        self._tx = self._store.transaction()
        self._edited: set[WatchId] = set()
        self._open_people(self._tx)
        self._open_goods(self._tx)
        self._open_sales(self._tx)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tx.rollback()
        if isinstance(error, (Deadlock, LockTimeout)):
            raise ConcurrencyConflict from error
        if isinstance(error, ForeignKeyViolation):
            raise NotFound("What this refers to does not exist.") from error

    def commit(self) -> None:
        if self._edited:
            _count_edit(self._tx, self._edited)
        self._tx.commit()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        with self._tx.savepoint():
            yield

    def _open_people(self, tx: Transaction) -> None:
        self.users = MemoryUsers(tx)
        self.sessions = MemorySessions(tx)
        self.tokens = MemoryTokens(tx)
        self.address_books = MemoryAddressBooks(tx)
        self.wish_lists = MemoryWishLists(tx)

    def _open_goods(self, tx: Transaction) -> None:
        self.watches = MemoryWatches(tx, self._edited.add)
        self.offers = MemoryOffers(tx, self._edited.add)
        self.pieces = MemoryPieces(tx, self._store.clock, self._edited.add)

    def _open_sales(self, tx: Transaction) -> None:
        self.carts = MemoryCarts(tx)
        self.orders = MemoryOrders(tx)
        self.payments = MemoryPayments(tx)
        self.checkouts = MemoryCheckouts(tx)
        self.vouchers = MemoryVouchers(tx)
        self.refunds = MemoryRefunds(tx)
        self.returns = MemoryReturns(tx)
        self.papers = MemoryPapers(tx)
        self.keys = MemoryRequestKeys(tx, self._store.clock)
        self.outbox = MemoryOutbox(tx, self._store.clock)
        self.notices = MemoryNotices(tx)


def _count_edit(tx: Transaction, edited: set[WatchId]) -> None:
    """Last of all, for this row is everybody's: nothing is waited for while it is locked."""
    version = 1
    if not tx.insert_or_ignore(COUNTERS, "catalogue", version):
        version = (tx.lock(COUNTERS, "catalogue") or 0) + 1
        tx.update(COUNTERS, "catalogue", version)
    for watch_id in edited:
        if not tx.update(EDITS, watch_id, EditRow(watch_id, version)):
            tx.insert(EDITS, watch_id, EditRow(watch_id, version))
