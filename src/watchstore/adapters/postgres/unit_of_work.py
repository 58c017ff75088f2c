"""One transaction over every repository."""

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from watchstore.adapters.postgres.repositories.carts import PostgresCarts
from watchstore.adapters.postgres.repositories.checkouts import PostgresCheckouts
from watchstore.adapters.postgres.repositories.notices import PostgresNotices
from watchstore.adapters.postgres.repositories.offers import PostgresOffers
from watchstore.adapters.postgres.repositories.orders import PostgresOrders
from watchstore.adapters.postgres.repositories.outbox import PostgresOutbox
from watchstore.adapters.postgres.repositories.papers import PostgresPapers
from watchstore.adapters.postgres.repositories.payments import PostgresPayments
from watchstore.adapters.postgres.repositories.personal import (
    PostgresAddressBooks,
    PostgresWishLists,
)
from watchstore.adapters.postgres.repositories.pieces import PostgresPieces
from watchstore.adapters.postgres.repositories.refunds import PostgresRefunds
from watchstore.adapters.postgres.repositories.request_keys import PostgresRequestKeys
from watchstore.adapters.postgres.repositories.returns import PostgresReturns
from watchstore.adapters.postgres.repositories.sessions import PostgresSessions
from watchstore.adapters.postgres.repositories.tokens import PostgresTokens
from watchstore.adapters.postgres.repositories.users import PostgresUsers
from watchstore.adapters.postgres.repositories.vouchers import PostgresVouchers
from watchstore.adapters.postgres.repositories.watches import PostgresWatches
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.service_layer import ports


class PostgresUnitOfWork:
    users: ports.Users
    sessions: ports.Sessions
    tokens: ports.Tokens
    address_books: ports.AddressBooks
    wish_lists: ports.WishLists
    watches: ports.Watches
    offers: ports.Offers
    pieces: ports.Pieces
    carts: ports.Carts
    orders: ports.Orders
    payments: ports.Payments
    checkouts: ports.Checkouts
    vouchers: ports.Vouchers
    refunds: ports.Refunds
    returns: ports.Returns
    papers: ports.Papers
    keys: ports.RequestKeys
    outbox: ports.Outbox
    notices: ports.Notices

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Self:
        transaction = self._transaction = Transaction(self._engine)
        self.users = PostgresUsers(transaction)
        self.sessions = PostgresSessions(transaction)
        self.tokens = PostgresTokens(transaction)
        self.address_books = PostgresAddressBooks(transaction)
        self.wish_lists = PostgresWishLists(transaction)
        self.watches = PostgresWatches(transaction)
        self.offers = PostgresOffers(transaction)
        self.pieces = PostgresPieces(transaction)
        self.carts = PostgresCarts(transaction)
        self.orders = PostgresOrders(transaction)
        self.payments = PostgresPayments(transaction)
        self.checkouts = PostgresCheckouts(transaction)
        self.vouchers = PostgresVouchers(transaction)
        self.refunds = PostgresRefunds(transaction)
        self.returns = PostgresReturns(transaction)
        self.papers = PostgresPapers(transaction)
        self.keys = PostgresRequestKeys(transaction)
        self.outbox = PostgresOutbox(transaction)
        self.notices = PostgresNotices(transaction)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transaction.close()

    def commit(self) -> None:
        self._transaction.commit()

    def savepoint(self) -> AbstractContextManager[None]:
        return self._transaction.savepoint()
