"""What the back office asks the database."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from watchstore.adapters.postgres.queries.stock import STATE, stock_of
from watchstore.adapters.postgres.schema import (
    deliveries,
    events,
    offers,
    orders,
    pieces,
    redemptions,
    vouchers,
    watches,
)

_STOCK = stock_of()
_OPEN = offers.c.closed_at.is_(None)


def _plain(column: Any) -> ColumnElement[str]:
    """By code point, whatever language the database sorts by."""
    return column.collate("C")  # type: ignore[no-any-return]


def _folded(text: ColumnElement[str]) -> ColumnElement[str]:
    """What `ascii_fold` does: lower case, no accents."""
    lower: ColumnElement[str] = func.lower(text)
    for letter, plain in {"ß": "ss", "œ": "oe", "æ": "ae"}.items():
        lower = func.replace(lower, letter, plain)
    lower = func.translate(lower, "øłđ", "old")
    apart = func.normalize(lower, literal_column("NFKD"))
    return func.regexp_replace(apart, "[\u0300-\u036f]", "", "g")


_words = (
    func.unnest(cast(bindparam("words"), ARRAY(Text)))
    .table_valued("word", name="words")
    .render_derived()
)
_said = _folded(func.concat_ws(" ", watches.c.brand, watches.c.reference, watches.c.name))
_MISSED = exists().select_from(_words).where(func.strpos(_said, _words.c.word) == 0)
_publication = cast(bindparam("publication"), Text)
_FOUND = and_(~_MISSED, or_(_publication.is_(None), watches.c.publication == _publication))

_OFFERED = (
    select(func.count().label("offers"), func.coalesce(func.sum(_STOCK.c.free), 0).label("free"))
    .select_from(offers.join(_STOCK, true()))
    .where(offers.c.watch_id == watches.c.id, _OPEN)
    .correlate(watches)
    .lateral("offered")
)
WATCHES_FOUND: Select[Any] = select(func.count()).select_from(watches).where(_FOUND)
WATCHES: Select[Any] = (
    select(watches, _OFFERED.c.offers, _OFFERED.c.free)
    .select_from(watches.join(_OFFERED, true()))
    .where(_FOUND)
    .order_by(_plain(watches.c.brand), _plain(watches.c.name), watches.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
STOCK: Select[Any] = (
    select(
        offers.c.id,
        watches.c.brand,
        watches.c.reference,
        watches.c.name,
        offers.c.condition,
        offers.c.amount,
        offers.c.currency,
        _STOCK.c.free,
        _STOCK.c.held,
        _STOCK.c.ordered,
        _STOCK.c.sold,
    )
    .select_from(offers.join(watches, watches.c.id == offers.c.watch_id).join(_STOCK, true()))
    .where(_OPEN)
    .order_by(
        _plain(watches.c.brand), _plain(watches.c.name), _plain(offers.c.condition), offers.c.id
    )
)
PIECES: Select[Any] = (
    select(pieces, STATE.label("state"), orders.c.number)
    .outerjoin(orders, orders.c.id == pieces.c.order_id)
    .where(pieces.c.offer_id == bindparam("offer_id"))
    .order_by(pieces.c.id)
)
VOUCHERS: Select[Any] = select(
    vouchers,
    select(func.count())
    .where(redemptions.c.voucher_id == vouchers.c.id)
    .scalar_subquery()
    .label("used"),
).order_by(vouchers.c.starts_at.desc(), _plain(vouchers.c.code))

DEAD_LETTERS = (
    select(
        deliveries.c.event_id,
        deliveries.c.consumer,
        events.c.name,
        deliveries.c.aggregate,
        events.c.recorded_at,
        deliveries.c.parked_at,
        deliveries.c.attempts,
        deliveries.c.error,
    )
    .join_from(deliveries, events)
    .where(deliveries.c.parked_at.is_not(None))
    .order_by(deliveries.c.parked_at)
    .limit(1000)
)
