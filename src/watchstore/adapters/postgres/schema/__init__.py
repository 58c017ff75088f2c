"""The tables. Every invariant that SQL can express is a constraint: code may be bypassed."""

from watchstore.adapters.postgres.schema.catalogue import (
    brands,
    catalogue_edits,
    catalogue_state,
    offers,
    watches,
)
from watchstore.adapters.postgres.schema.columns import metadata
from watchstore.adapters.postgres.schema.duties import duties
from watchstore.adapters.postgres.schema.listing import listed_watches
from watchstore.adapters.postgres.schema.notices import notices
from watchstore.adapters.postgres.schema.orders import carts, orders, payments, request_keys
from watchstore.adapters.postgres.schema.outbox import deliveries, events
from watchstore.adapters.postgres.schema.papers import paper_counters, papers
from watchstore.adapters.postgres.schema.people import sessions, tokens, users
from watchstore.adapters.postgres.schema.personal import address_books, wish_lists
from watchstore.adapters.postgres.schema.refunds import refunds
from watchstore.adapters.postgres.schema.returns import returns
from watchstore.adapters.postgres.schema.selling import checkouts, redemptions, vouchers
from watchstore.adapters.postgres.schema.stock import pieces

__all__ = [
    "address_books",
    "brands",
    "carts",
    "catalogue_edits",
    "catalogue_state",
    "checkouts",
    "deliveries",
    "duties",
    "events",
    "listed_watches",
    "metadata",
    "notices",
    "offers",
    "orders",
    "paper_counters",
    "papers",
    "payments",
    "pieces",
    "redemptions",
    "refunds",
    "request_keys",
    "returns",
    "sessions",
    "tokens",
    "users",
    "vouchers",
    "watches",
    "wish_lists",
]
