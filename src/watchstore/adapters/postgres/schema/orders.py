"""Carts, orders, payments and the request keys that make orders happen once.

Lines are documents: of a cart, so that its lock covers them; of an order, because they are a
record of what was sold, which no later edit of offers or watches may touch.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import (
    amount,
    identity,
    instant,
    is_currency,
    is_hash,
    is_json,
    is_version,
    language,
    matches,
    metadata,
    of_order,
    one_of,
    whole,
    words,
)
from watchstore.domain.delivery import Delivery
from watchstore.domain.language import Language
from watchstore.domain.order import OrderState
from watchstore.domain.payment import PaymentState

_CART_LINE = "@.quantity >= 1 && @.quantity <= 10 && @.amount >= 0"
_ORDER_LINE = "@.amount > 0 && @.pieces.size() >= 1"


def _lines(condition: str, least: int, most: int) -> CheckConstraint:
    """A list of so many documents, each of which satisfies a jsonpath condition."""
    return CheckConstraint(
        "jsonb_typeof(lines) = 'array'"
        f" AND jsonb_array_length(lines) BETWEEN {least} AND {most}"
        f" AND NOT jsonb_path_exists(lines, '$[*] ? (!({condition}))')",
        name="lines",
    )


carts = Table(
    "carts",
    metadata,
    identity(),
    Column("owner", Uuid, ForeignKey("users.id")),
    Column("secret_hash", Text),
    Column("currency", Text),
    Column("lines", JSONB, nullable=False),
    instant("changed_at"),
    whole("version"),
    UniqueConstraint("owner"),
    UniqueConstraint("secret_hash"),
    CheckConstraint("(owner IS NULL) <> (secret_hash IS NULL)", name="belongs_to_one"),
    is_hash(),
    is_currency(),
    _lines(_CART_LINE, 0, 20),
    CheckConstraint("lines = '[]' OR currency IS NOT NULL", name="one_currency"),
    is_version(),
)

orders = Table(
    "orders",
    metadata,
    identity(),
    words("number"),
    words("email"),
    words("name"),
    words("phone"),
    Column("address", JSONB(none_as_null=True)),
    words("delivery"),
    Column("lines", JSONB, nullable=False),
    words("currency"),
    amount("items_amount"),
    amount("delivery_amount"),
    instant("placed_at"),
    Column("buyer", Uuid, ForeignKey("users.id")),
    Column("guest_hash", Text),
    Column("hold_id", Uuid),
    words("state"),
    Column("parcels", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("timeline", JSONB, nullable=False),
    Column("discount_amount", BigInteger, nullable=False, server_default=text("0")),
    Column("tax_amount", BigInteger, nullable=False, server_default=text("0")),
    Column("tax_percent", Numeric(5, 2), nullable=False, server_default=text("0")),
    Column("tax_included", Boolean, nullable=False, server_default=true()),
    Column("tax_country", Text),
    Column("voucher", Text),
    language(),
    Column("left_out", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    UniqueConstraint("number"),
    UniqueConstraint("hold_id"),
    matches("number", "WS-[0-9A-HJKMNP-TV-Z]{10}"),
    is_hash("guest_hash"),
    one_of("delivery", Delivery),
    one_of("language", Language),
    CheckConstraint("address IS NOT NULL OR delivery = 'pick_up'", name="address"),
    _lines(_ORDER_LINE, 1, 1000),
    is_currency(),
    CheckConstraint("items_amount > 0 AND delivery_amount >= 0", name="amounts"),
    CheckConstraint(
        "discount_amount >= 0 AND discount_amount < items_amount"
        " AND (discount_amount = 0 OR voucher IS NOT NULL)",
        name="discount",
    ),
    CheckConstraint("tax_amount >= 0 AND tax_percent >= 0", name="tax"),
    one_of("state", OrderState),
    CheckConstraint(
        "jsonb_typeof(parcels) = 'array' AND (jsonb_array_length(parcels) >= 1)"
        " = (state IN ('dispatching', 'partly_shipped', 'shipped', 'delivered'))",
        name="sent_in_a_parcel",
    ),
    is_json("timeline", "array"),
    CheckConstraint(
        "jsonb_typeof(left_out) = 'array'"
        " AND (left_out = '[]' OR state IN ('shipped', 'delivered'))",
        name="left_out",
    ),
    Index(None, "placed_at", "id"),
    Index(None, "buyer", "placed_at", "id"),
    Index(None, "state", "placed_at", "id"),
)

payments = Table(
    "payments",
    metadata,
    identity(),
    of_order(),
    amount("amount"),
    words("currency"),
    words("card"),
    instant("started_at"),
    words("state"),
    Column("reference", Text),
    Column("reason", Text),
    Column("refunded", BigInteger, nullable=False, server_default=text("0")),
    Column("refusals", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("order_id"),
    UniqueConstraint("reference"),
    CheckConstraint("amount > 0", name="amount"),
    is_currency(),
    one_of("state", PaymentState),
    CheckConstraint(
        "state IN ('authorising', 'declined') OR reference IS NOT NULL", name="known_to_the_gateway"
    ),
    CheckConstraint(
        "refunded BETWEEN 0 AND amount AND (refunded = 0 OR state = 'captured')", name="refunded"
    ),
    CheckConstraint("refusals >= 0", name="refusals"),
)

# No foreign key to the order: a refused request keeps its key and its answer, but no order.
request_keys = Table(
    "request_keys",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    words("fingerprint"),
    Column("order_id", Uuid),
    Column("answer", JSONB(none_as_null=True)),
    instant("claimed_at"),
    UniqueConstraint("order_id"),
    CheckConstraint("actor <> '' AND key <> ''", name="named"),
    is_json("answer", "object"),
    Index(None, "claimed_at"),
)
