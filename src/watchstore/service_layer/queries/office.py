"""What staff see, drafts and serial numbers included."""

from dataclasses import dataclass
from typing import Protocol

from watchstore.domain.identifiers import OfferId
from watchstore.service_layer.queries.catalogue import WatchPassport
from watchstore.service_layer.queries.checkouts import VoucherRow


@dataclass(frozen=True, slots=True)
class StockRow:
    """Pieces of one offer, by state."""

    offer_id: str
    brand: str
    reference: str
    name: str
    condition: str
    amount: int
    currency: str
    free: int
    held: int
    ordered: int
    sold: int


@dataclass(frozen=True, slots=True)
class PieceRow:
    id: str
    serial: str | None
    box: bool
    papers: bool
    state: str
    held_until: str | None
    order_number: str | None


@dataclass(frozen=True, slots=True)
class OfficeWatchRow:
    id: str
    slug: str
    brand: str
    reference: str
    name: str
    publication: str
    version: int
    offers: int
    free: int


@dataclass(frozen=True, slots=True)
class OfficeWatchPage:
    items: tuple[OfficeWatchRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DeadLetterRow:
    """An event that a consumer could not take, however often it was tried."""

    event_id: str
    consumer: str
    event: str
    aggregate: str
    recorded_at: str
    parked_at: str
    attempts: int
    error: str


class OfficeQueries(Protocol):
    """What staff see, drafts and serial numbers included."""

    def watches(
        self, *, text: str = "", publication: str | None = None, page: int = 1, limit: int = 50
    ) -> OfficeWatchPage: ...

    def watch(self, slug: str) -> WatchPassport | None: ...

    def passports(self, *, after: str = "", limit: int = 200) -> tuple[WatchPassport, ...]:
        """Every watch, drafts too, by slug (compared by code point), from after that slug on."""

    def stock(self) -> tuple[StockRow, ...]:
        """Every open offer, by brand, name and condition."""

    def pieces(self, offer_id: OfferId) -> tuple[PieceRow, ...]: ...

    def vouchers(self) -> tuple[VoucherRow, ...]:
        """Every voucher, closed ones too, the latest start first, then by code."""

    def dead_letters(self) -> tuple[DeadLetterRow, ...]:
        """What was given up and waits for staff, the oldest first; 1,000 at most."""
