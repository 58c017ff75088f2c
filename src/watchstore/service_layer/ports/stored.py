"""Where the shop keeps things: repositories, and the unit of work that holds them together.

Everything here is transactional at READ COMMITTED. `get` and `find` LOCK the row until the
transaction ends: what a use case reads there, it may change. Questions go to `queries`.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from watchstore.domain.cart import Cart
from watchstore.domain.events import Event
from watchstore.domain.identifiers import (
    CartId,
    HoldId,
    OfferId,
    OrderId,
    OrderNumber,
    PaymentId,
    PieceId,
    Reference,
    RefundId,
    ReturnId,
    UserId,
    WatchId,
)
from watchstore.domain.offer import Offer
from watchstore.domain.order import Order
from watchstore.domain.payment import Payment
from watchstore.domain.piece import Hold, Piece
from watchstore.domain.refund import Refund
from watchstore.domain.returning import Return
from watchstore.domain.watch import Brand, Watch
from watchstore.service_layer.ports.papers import Papers
from watchstore.service_layer.ports.people import Sessions, Tokens, Users
from watchstore.service_layer.ports.personal import AddressBooks, WishLists
from watchstore.service_layer.ports.selling import Checkouts, Vouchers


class ConcurrencyConflict(Exception):
    """A rival got in between (deadlock, serialization): repeat with a fresh unit of work."""


class Unavailable(Exception):
    """A dependency is away or too busy; nothing was done."""


class Watches(Protocol):
    def keep_brand(self, brand: Brand) -> None:
        """Insert the brand, or fill in what is known now and was not before."""

    def add(self, watch: Watch) -> None:
        """Raises Duplicate for a taken (brand, bare reference) or slug."""

    def get(self, watch_id: WatchId) -> Watch: ...

    def find(self, brand: str, reference: Reference) -> Watch | None: ...

    def save(self, watch: Watch) -> None: ...

    def brands(self) -> tuple[Brand, ...]:
        """Every brand, read without a lock."""

    def find_many(self, wanted: Collection[tuple[str, Reference]]) -> tuple[Watch, ...]:
        """Those of the (brand, reference) pairs that there are, locked in the order of their id."""

    def add_many(self, watches: Sequence[Watch]) -> None:
        """All or none; raises Duplicate as `add` does."""


@dataclass(frozen=True, slots=True)
class ForSale:
    """An open offer of a published watch, with what an order line copies."""

    offer: Offer
    brand: str
    reference: str
    name: str


class Offers(Protocol):
    def add(self, offer: Offer) -> None: ...

    def get(self, offer_id: OfferId) -> Offer: ...

    def save(self, offer: Offer) -> None: ...

    def of_watches(self, watch_ids: Collection[WatchId]) -> tuple[Offer, ...]:
        """Their offers, closed ones too, locked in the order of their id."""

    def for_sale(self, offer_ids: Collection[OfferId]) -> Mapping[OfferId, ForSale]:
        """Those of the offers that can be bought now; read without a lock."""


class Pieces(Protocol):
    def add(self, pieces: Sequence[Piece]) -> None:
        """Raises Duplicate for a serial number that the brand's stock holds already."""

    def get(self, piece_id: PieceId) -> Piece: ...

    def save(self, piece: Piece) -> None: ...

    def known(self, piece_ids: Collection[PieceId]) -> frozenset[PieceId]:
        """Those of the pieces that there are, sold ones too; read without a lock."""

    def claim(
        self, wanted: Mapping[OfferId, int], *, hold_id: HoldId | None = None
    ) -> Mapping[OfferId, tuple[PieceId, ...]]:
        """Lock free pieces of every offer wanted, all or none, until the transaction ends.

        Pieces under the caller's own live `hold_id` count as free. Raises SoldOut when every
        piece of an offer is sold, AllReserved when some may come back.
        """

    def hold(self, pieces: Collection[PieceId], hold: Hold) -> None: ...

    def release(self, hold_id: HoldId) -> int:
        """Lift a hold; returns how many pieces became free."""

    def assign(
        self, pieces: Collection[PieceId], order_id: OrderId, *, hold_id: HoldId | None = None
    ) -> None:
        """Give claimed pieces to an order; raises HoldExpired unless every one changed."""

    def sell(self, order_id: OrderId, at: datetime) -> None: ...

    def free(self, order_id: OrderId) -> None:
        """Back on the shelf: the order was cancelled."""

    def take_back(self, pieces: Collection[PieceId], at: datetime, *, restock: bool) -> None:
        """Out of their order; without `restock` they are withdrawn from sale."""


class Carts(Protocol):
    def add(self, cart: Cart) -> None: ...

    def find(self, *, owner: UserId | None = None, secret_hash: str | None = None) -> Cart | None:
        """The cart of an account, else the guest's cart with that secret."""

    def save(self, cart: Cart) -> None: ...

    def remove(self, cart_id: CartId) -> None: ...


class Orders(Protocol):
    def add(self, order: Order) -> None: ...

    def get(self, order_id: OrderId) -> Order: ...

    def find(self, number: OrderNumber) -> Order | None: ...

    def save(self, order: Order) -> None: ...


class Payments(Protocol):
    def add(self, payment: Payment) -> None: ...

    def get(self, payment_id: PaymentId) -> Payment: ...

    def of_order(self, order_id: OrderId) -> Payment: ...

    def save(self, payment: Payment) -> None: ...


class Refunds(Protocol):
    """Whoever changes one holds the lock of its order."""

    def add(self, refund: Refund) -> None: ...

    def get(self, refund_id: RefundId) -> Refund: ...

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        """Oldest first, refused ones too."""

    def save(self, refund: Refund) -> None: ...


class Returns(Protocol):
    """Whoever changes one holds the lock of its order."""

    def add(self, returned: Return) -> None: ...

    def get(self, return_id: ReturnId) -> Return: ...

    def of_order(self, order_id: OrderId) -> tuple[Return, ...]:
        """Oldest first, declined ones too."""

    def save(self, returned: Return) -> None: ...


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key: who sent it, the key, and a hash of method, path and body."""

    actor: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What became of an earlier request with the same key; no answer yet: in progress."""

    fingerprint: str
    answer: Mapping[str, object] | None


class RequestKeys(Protocol):
    def claim(self, key: RequestKey, *, order_id: OrderId | None = None) -> Earlier | None:
        """None: the key is yours. Waits while a twin's transaction is open. Keys live 24 h."""

    def peek(self, key: RequestKey) -> Earlier | None:
        """What is committed for the key, without a lock."""

    def answer(self, key: RequestKey, answer: Mapping[str, object]) -> None: ...

    def answer_order(self, order_id: OrderId, answer: Mapping[str, object]) -> None:
        """Store the first answer for the request that made the order, if it came with a key."""


class Notices(Protocol):
    def add(self, gateway: str, notice_id: str, at: datetime) -> bool:
        """False when it was taken before; waits while a twin's transaction is open."""


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
