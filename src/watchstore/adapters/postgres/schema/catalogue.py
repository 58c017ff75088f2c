"""Brands, watches and their offers, and the version that every edit of them raises."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from watchstore.adapters.postgres.schema.columns import (
    amount,
    identity,
    instant,
    is_currency,
    is_version,
    matches,
    metadata,
    one_of,
    whole,
    within,
    words,
)
from watchstore.domain.offer import Condition
from watchstore.domain.watch import Movement, Publication

_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"


brands = Table(
    "brands",
    metadata,
    Column("name", Text, primary_key=True),
    words("slug"),
    words("country"),
    Column("founded_year", Integer),
    UniqueConstraint("slug"),
    matches("slug", _SLUG),
)

watches = Table(
    "watches",
    metadata,
    identity(),
    Column("brand", Text, ForeignKey("brands.name"), nullable=False),
    words("collection"),
    words("reference"),
    words("bare_reference"),
    words("name"),
    words("slug"),
    instant("created_at"),
    instant("changed_at"),
    Column("movement", Text),
    words("calibre"),
    words("case_material"),
    Column("diameter_mm", Numeric),
    Column("thickness_mm", Numeric),
    Column("lug_to_lug_mm", Numeric),
    Column("lug_width_mm", Numeric),
    words("dial_colour"),
    words("bracelet_material"),
    words("crystal"),
    Column("water_resistance_m", Integer),
    Column("power_reserve_h", Integer),
    Column("complications", ARRAY(Text), nullable=False),
    Column("first_year", Integer),
    words("publication"),
    whole("version"),
    UniqueConstraint("brand", "bare_reference"),
    UniqueConstraint("slug"),
    UniqueConstraint("id", "brand"),
    matches("slug", _SLUG),
    CheckConstraint("bare_reference <> '' AND bare_reference !~ '[a-z .-]'", name="bare"),
    one_of("movement", Movement),
    one_of("publication", Publication),
    within("diameter_mm", 10, 80),
    within("thickness_mm", 1, 40),
    within("lug_to_lug_mm", 10, 90),
    within("lug_width_mm", 4, 40),
    within("water_resistance_m", 0, 20_000),
    within("power_reserve_h", 1, 20_000),
    within("first_year", 1800, 2100),
    is_version(),
)

# `brand` repeats the watch's, held to it by the foreign key: it makes serial numbers unique
# within a brand without a trigger.
offers = Table(
    "offers",
    metadata,
    identity(),
    Column("watch_id", Uuid, nullable=False),
    words("brand"),
    words("condition"),
    amount("amount"),
    words("currency"),
    instant("opened_at"),
    words("note"),
    instant("closed_at", null=True),
    whole("version"),
    ForeignKeyConstraint(["watch_id", "brand"], ["watches.id", "watches.brand"]),
    UniqueConstraint("id", "brand"),
    one_of("condition", Condition),
    CheckConstraint("amount > 0", name="amount"),
    is_currency(),
    is_version(),
    Index(None, "watch_id"),
)

catalogue_state = Table(
    "catalogue_state",
    metadata,
    Column("single", Boolean, primary_key=True),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("single", name="single"),
)

# The version that the latest edit of each watch, its offers or its pieces made.
catalogue_edits = Table(
    "catalogue_edits",
    metadata,
    Column("watch_id", Uuid, ForeignKey("watches.id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Index(None, "version"),
)
