"""Repositories of what is sold: watches, their offers, and each piece."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watchstore.domain.identifiers import HoldId, OfferId, OrderId, PieceId, Reference, WatchId
from watchstore.domain.offer import Offer
from watchstore.domain.piece import Hold, Piece
from watchstore.domain.watch import Brand, Watch


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
