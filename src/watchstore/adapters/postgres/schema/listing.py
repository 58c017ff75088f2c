"""One row per published watch, with everything a listing shows, filters, sorts and finds by."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from watchstore.adapters.postgres.schema.columns import metadata, words

_PLACES = ("by_relevance", "by_price", "by_price_down", "by_year", "by_diameter")

# Derived from watches and offers, and kept in the transaction that edits them; stock is not in
# it, because a sale must not wait for a row that everybody reads.
listed_watches = Table(
    "listed_watches",
    metadata,
    Column("watch_id", Uuid, ForeignKey("watches.id"), primary_key=True),
    words("bare_reference"),
    # Compared byte by byte, as Python does: both storages list in the same order.
    Column("sort_name", Text(collation="C"), nullable=False),
    words("slug"),
    words("brand"),
    words("collection"),
    words("reference"),
    words("name"),
    Column("movement", Text),
    words("case_material"),
    Column("diameter_mm", Double),
    words("dial_colour"),
    Column("year", Integer),
    Column("amount", BigInteger),
    Column("currency", Text),
    Column("condition", Text),
    words("brand_code"),
    words("collection_code"),
    words("movement_code"),
    words("case_code"),
    words("dial_code"),
    words("diameter_code"),
    words("water_code"),
    words("year_code"),
    Column("price_codes", ARRAY(Text), nullable=False),
    Column("condition_codes", ARRAY(Text), nullable=False),
    *(Column(place, Double, nullable=False) for place in _PLACES),
    Column("document", TSVECTOR, nullable=False),
    Index("listed_watches_document_idx", "document", postgresql_using="gin"),
    Index("listed_watches_bare_reference_idx", "bare_reference"),
    Index("listed_watches_sort_name_idx", "sort_name", "watch_id"),
    *(Index(f"listed_watches_{place}_idx", place, "sort_name", "watch_id") for place in _PLACES),
)
