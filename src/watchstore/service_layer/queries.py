"""Questions about the shop, and the flat rows of plain values that answer them (read side).

Amounts are whole minor units next to their currency; times are ISO 8601 in UTC; ids are text.
A query never locks and never changes anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from watchstore.domain.identifiers import OfferId, OrderNumber, UserId
from watchstore.service_layer.commands import Shopper

# Each facet is a fixed set of values per watch: values of one facet are alternatives (OR),
# facets narrow each other (AND), and a facet's counts ignore its own choice.
FACETS: Final = (
    "brand",
    "collection",
    "movement",
    "case",
    "dial",
    "diameter",
    "water",
    "price",
    "condition",
    "availability",
    "year",
)
LONGEST_QUERY: Final = 120
LARGEST_PAGE: Final = 100


class Availability(StrEnum):
    IN_STOCK = "in_stock"
    RESERVED = "reserved"  # some pieces may come back
    SOLD_OUT = "sold_out"
    ON_REQUEST = "on_request"  # there is no offer


class Sort(StrEnum):
    RELEVANCE = "relevance"  # by name when there is no text
    NAME = "name"
    PRICE = "price"
    PRICE_DOWN = "-price"
    NEWEST = "-year"
    DIAMETER = "diameter"


@dataclass(frozen=True, slots=True)
class Listing:
    """A question to the catalogue. `filters` maps a facet of FACETS to the chosen values."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    cursor: str | None = None
    limit: int = 24


@dataclass(frozen=True, slots=True)
class WatchCard:
    """A watch in a listing. The price is that of its cheapest open offer, None on request."""

    slug: str
    brand: str
    collection: str
    reference: str
    name: str
    movement: str | None
    case_material: str
    diameter_mm: float | None
    dial_colour: str
    year: int | None
    amount: int | None
    currency: str | None
    condition: str | None
    availability: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class WatchPage:
    items: tuple[WatchCard, ...]
    next: str | None
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """`free` pieces can be bought now; `reserved` ones may come back."""

    id: str
    condition: str
    amount: int
    currency: str
    note: str
    box: bool
    papers: bool
    free: int
    reserved: int
    availability: str
    version: int


@dataclass(frozen=True, slots=True)
class WatchPassport:
    """Everything there is to know of one watch of the catalogue."""

    id: str
    slug: str
    brand: str
    brand_slug: str
    country: str
    collection: str
    reference: str
    name: str
    publication: str
    movement: str | None
    calibre: str
    case_material: str
    diameter_mm: float | None
    thickness_mm: float | None
    lug_to_lug_mm: float | None
    lug_width_mm: float | None
    dial_colour: str
    bracelet_material: str
    crystal: str
    water_resistance_m: int | None
    power_reserve_h: int | None
    complications: tuple[str, ...]
    year: int | None
    offers: tuple[OfferRow, ...]
    availability: str
    version: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` is brand, collection or watch; `value` is a facet value or a watch's slug."""

    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class BrandRow:
    slug: str
    name: str
    country: str
    founded_year: int | None
    watches: int


class CatalogueQueries(Protocol):
    """Published watches only."""

    def listing(self, listing: Listing) -> WatchPage:
        """Raises InvalidValue for an unknown facet, sort or cursor."""

    def watch(self, slug: str) -> WatchPassport | None: ...

    def suggest(self, text: str) -> tuple[Suggestion, ...]: ...

    def brands(self) -> tuple[BrandRow, ...]: ...

    def version(self) -> int:
        """Grows with every edit of the catalogue, never with a sale."""


@dataclass(frozen=True, slots=True)
class Document:
    """An encoded answer and its strong ETag."""

    body: bytes
    etag: str


class CatalogueDocuments(Protocol):
    """The same questions, answered in encoded JSON: what HTTP sends and a cache keeps."""

    def listing(self, listing: Listing) -> Document: ...

    def watch(self, slug: str) -> Document | None: ...

    def suggest(self, text: str) -> Document: ...

    def brands(self) -> Document: ...


@dataclass(frozen=True, slots=True)
class CartLineRow:
    """`amount` is today's unit price, `seen_amount` the one at which it was put in."""

    offer_id: str
    slug: str
    brand: str
    reference: str
    name: str
    condition: str
    quantity: int
    amount: int
    seen_amount: int
    currency: str
    availability: str
    free: int


@dataclass(frozen=True, slots=True)
class CartView:
    """`subtotal` counts what can still be bought."""

    version: int
    lines: tuple[CartLineRow, ...]
    subtotal: int
    currency: str | None


class CartQueries(Protocol):
    def cart(self, shopper: Shopper) -> CartView:
        """An empty view, version 0, when there is no cart."""


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    offer_id: str
    brand: str
    reference: str
    name: str
    condition: str
    quantity: int
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    at: str
    state: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class OrderView:
    number: str
    state: str
    payment: str
    placed_at: str
    email: str
    name: str
    phone: str
    address: Mapping[str, str] | None
    delivery: str
    items_amount: int
    delivery_amount: int
    amount: int
    currency: str
    lines: tuple[OrderLineRow, ...]
    carrier: str | None
    tracking: str | None
    timeline: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class OrderCard:
    number: str
    state: str
    placed_at: str
    email: str
    amount: int
    currency: str
    pieces: int


@dataclass(frozen=True, slots=True)
class OrderPage:
    items: tuple[OrderCard, ...]
    next: str | None
    total: int


class OrderQueries(Protocol):
    def order(self, number: OrderNumber, shopper: Shopper | None) -> OrderView | None:
        """None also for somebody else's order; a `shopper` of None stands for staff."""

    def orders(
        self,
        *,
        buyer: UserId | None = None,
        state: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> OrderPage:
        """Newest first: one buyer's, or everybody's."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: str
    device: str
    started_at: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class AccountView:
    id: str
    email: str
    name: str
    role: str
    verified: bool
    registered_at: str


class AccountQueries(Protocol):
    def account(self, user_id: UserId) -> AccountView | None: ...

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        """Live ones, newest first."""


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


class OfficeQueries(Protocol):
    """What staff see, drafts and serial numbers included."""

    def watches(
        self, *, text: str = "", publication: str | None = None, page: int = 1, limit: int = 50
    ) -> OfficeWatchPage: ...

    def watch(self, slug: str) -> WatchPassport | None: ...

    def stock(self) -> tuple[StockRow, ...]:
        """Every open offer, by brand, name and condition."""

    def pieces(self, offer_id: OfferId) -> tuple[PieceRow, ...]: ...
