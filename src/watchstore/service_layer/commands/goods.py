"""The catalogue and the stock, one by one or from files."""

from dataclasses import dataclass, field

from watchstore.domain.identifiers import (
    OfferId,
    Reference,
    SerialNumber,
    WatchId,
)
from watchstore.domain.money import Money
from watchstore.domain.offer import Condition
from watchstore.domain.watch import Brand, Specification
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class CreateWatch:
    brand: Brand
    collection: str
    reference: Reference
    name: str
    specification: Specification = field(default_factory=Specification)
    publish: bool = False
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class ReviseWatch:
    """`version` is the one the editor saw: another one now is refused."""

    watch_id: WatchId
    collection: str
    name: str
    specification: Specification
    version: int | None = None


@dataclass(frozen=True, slots=True)
class OpenOffer:
    watch_id: WatchId
    condition: Condition
    price: Money
    note: str = ""
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class RepriceOffer:
    offer_id: OfferId
    price: Money
    version: int | None = None


@dataclass(frozen=True, slots=True)
class NewPiece:
    serial: SerialNumber | None = None
    box: bool = False
    papers: bool = False


@dataclass(frozen=True, slots=True)
class ReceivePieces:
    offer_id: OfferId
    pieces: tuple[NewPiece, ...]
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class ImportCatalogue:
    """A CSV file of references. New ones are drafts unless they are to be published.

    `default_currency` is for prices that name none; without it they are refused. `brands` are
    what is known of brands beside the file; `prices=False` takes the facts and no prices.
    """

    data: bytes = field(repr=False)
    dry_run: bool = False
    default_currency: str | None = None
    publish: bool = False
    prices: bool = True
    brands: tuple[Brand, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOffers:
    """A CSV file in which each row is one piece for sale."""

    data: bytes = field(repr=False)
    dry_run: bool = False
    default_currency: str | None = None
