"""What the catalogue answers: listings with facets, one watch, suggestions, brands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, Self

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
    """The best comes first."""

    IN_STOCK = "in_stock"
    RESERVED = "reserved"  # some pieces may come back
    SOLD_OUT = "sold_out"
    ON_REQUEST = "on_request"  # there is no offer

    @classmethod
    def of_offer(cls, *, free: int, reserved: int) -> Self:
        if free:
            return cls.IN_STOCK
        return cls.RESERVED if reserved else cls.SOLD_OUT

    @classmethod
    def of_watch(cls, offers: Iterable[str]) -> Self:
        """The best that its offers have."""
        found = set(offers)
        return next((each for each in cls if each in found), cls.ON_REQUEST)


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
