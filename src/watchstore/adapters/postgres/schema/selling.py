"""Checkouts, and vouchers with each use of one.

That a voucher is not used too often is a matter of keys: a use takes a slot of the voucher and a
turn of the customer, and copies the limits that both obey.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.schema.columns import (
    identity,
    instant,
    is_currency,
    is_hash,
    language,
    matches,
    metadata,
    of_order,
    one_of,
    whole,
    within,
    words,
)
from watchstore.domain.delivery import Delivery
from watchstore.domain.language import Language
from watchstore.domain.vouchers import KINDS

_LIVE = text("order_number IS NULL")

checkouts = Table(
    "checkouts",
    metadata,
    identity(),
    Column("lines", JSONB, nullable=False),
    words("currency"),
    instant("started_at"),
    instant("expires_at"),
    instant("latest"),
    Column("owner", Uuid, ForeignKey("users.id")),
    Column("guest_hash", Text),
    Column("email", Text),
    Column("name", Text),
    Column("phone", Text),
    Column("address", JSONB(none_as_null=True)),
    words("delivery"),
    Column("voucher", Text),
    Column("order_number", Text),
    Column("settled", Boolean, nullable=False),
    language(),
    UniqueConstraint("order_number"),
    CheckConstraint("(owner IS NULL) <> (guest_hash IS NULL)", name="belongs_to_one"),
    is_hash("guest_hash"),
    is_currency(),
    CheckConstraint(
        "jsonb_typeof(lines) = 'array' AND jsonb_array_length(lines) BETWEEN 1 AND 20", name="lines"
    ),
    CheckConstraint("started_at <= expires_at AND expires_at <= latest", name="times"),
    CheckConstraint(
        "(email IS NULL) = (name IS NULL) AND (name IS NULL) = (phone IS NULL)", name="contact"
    ),
    one_of("delivery", Delivery),
    one_of("language", Language),
    CheckConstraint("NOT settled OR order_number IS NOT NULL", name="settled"),
    Index("checkouts_live_owner_idx", "owner", unique=True, postgresql_where=_LIVE),
    Index("checkouts_live_guest_idx", "guest_hash", unique=True, postgresql_where=_LIVE),
)

vouchers = Table(
    "vouchers",
    metadata,
    identity(),
    words("code"),
    words("kind"),
    Column("percent", Integer),
    Column("amount", BigInteger),
    Column("currency", Text),
    Column("minimum", BigInteger),
    instant("starts_at"),
    instant("ends_at", null=True),
    whole("uses"),
    whole("uses_per_customer"),
    instant("closed_at", null=True),
    UniqueConstraint("code"),
    UniqueConstraint("id", "uses", "uses_per_customer"),
    matches("code", "[A-Z0-9][A-Z0-9-]{2,31}"),
    one_of("kind", KINDS.values()),
    CheckConstraint("(kind = 'percent') = (percent IS NOT NULL)", name="percent_off"),
    within("percent", 1, 99),
    CheckConstraint("(kind = 'amount') = (amount IS NOT NULL)", name="amount_off"),
    CheckConstraint("amount > 0 AND minimum >= 0", name="amounts"),
    CheckConstraint(
        "amount IS NULL AND minimum IS NULL OR currency IS NOT NULL", name="amounts_of_what"
    ),
    is_currency(),
    CheckConstraint("ends_at > starts_at", name="times"),
    CheckConstraint("uses >= 1 AND uses_per_customer >= 1", name="uses"),
)

redemptions = Table(
    "redemptions",
    metadata,
    Column("voucher_id", Uuid, nullable=False),
    whole("slot"),
    words("customer"),
    whole("turn"),
    whole("uses"),
    whole("uses_per_customer"),
    of_order(),
    PrimaryKeyConstraint("voucher_id", "slot"),
    UniqueConstraint("voucher_id", "customer", "turn"),
    UniqueConstraint("order_id"),
    ForeignKeyConstraint(
        ["voucher_id", "uses", "uses_per_customer"],
        ["vouchers.id", "vouchers.uses", "vouchers.uses_per_customer"],
    ),
    within("slot", 1, "uses"),
    within("turn", 1, "uses_per_customer"),
)
