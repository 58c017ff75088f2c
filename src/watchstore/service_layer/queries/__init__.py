"""Questions about the shop, and the flat rows of plain values that answer them (read side).

Amounts are whole minor units next to their currency; times are ISO 8601 in UTC; ids are text.
A query never locks and never changes anything.
"""

from watchstore.service_layer.queries.buying import (
    CartLineRow,
    CartQueries,
    CartView,
    EntryRow,
    OrderCard,
    OrderLineRow,
    OrderPage,
    OrderQueries,
    OrderView,
    ParcelRow,
    RefundRow,
    ReturnRow,
)
from watchstore.service_layer.queries.catalogue import (
    FACETS,
    LARGEST_PAGE,
    LONGEST_QUERY,
    Availability,
    BrandRow,
    CatalogueDocuments,
    CatalogueQueries,
    Document,
    FacetValue,
    Listing,
    OfferRow,
    Sort,
    Suggestion,
    WatchCard,
    WatchPage,
    WatchPassport,
)
from watchstore.service_layer.queries.checking import (
    BookedPayment,
    CheckQueries,
    Difference,
)
from watchstore.service_layer.queries.checkouts import (
    ChangeRow,
    CheckoutLineRow,
    CheckoutView,
    DeliveryRow,
    VoucherRow,
)
from watchstore.service_layer.queries.office import (
    DeadLetterRow,
    OfficeQueries,
    OfficeWatchPage,
    OfficeWatchRow,
    PieceRow,
    StockRow,
)
from watchstore.service_layer.queries.pages import Changes, PageQueries
from watchstore.service_layer.queries.people import (
    AccountQueries,
    AccountView,
    SessionRow,
)

__all__ = [
    "FACETS",
    "LARGEST_PAGE",
    "LONGEST_QUERY",
    "AccountQueries",
    "AccountView",
    "Availability",
    "BookedPayment",
    "BrandRow",
    "CartLineRow",
    "CartQueries",
    "CartView",
    "CatalogueDocuments",
    "CatalogueQueries",
    "ChangeRow",
    "Changes",
    "CheckQueries",
    "CheckoutLineRow",
    "CheckoutView",
    "DeadLetterRow",
    "DeliveryRow",
    "Difference",
    "Document",
    "EntryRow",
    "FacetValue",
    "Listing",
    "OfferRow",
    "OfficeQueries",
    "OfficeWatchPage",
    "OfficeWatchRow",
    "OrderCard",
    "OrderLineRow",
    "OrderPage",
    "OrderQueries",
    "OrderView",
    "PageQueries",
    "ParcelRow",
    "PieceRow",
    "RefundRow",
    "ReturnRow",
    "SessionRow",
    "Sort",
    "StockRow",
    "Suggestion",
    "VoucherRow",
    "WatchCard",
    "WatchPage",
    "WatchPassport",
]
