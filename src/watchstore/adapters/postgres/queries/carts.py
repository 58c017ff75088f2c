"""What is in a cart, at today's prices and availability."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Engine,
    Integer,
    Row,
    Select,
    Uuid,
    and_,
    bindparam,
    column,
    exists,
    func,
    or_,
    select,
    true,
)

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries.stock import HELD, stock_of
from watchstore.adapters.postgres.schema import carts, checkouts, offers, pieces, watches
from watchstore.domain.watch import Publication
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.queries import Availability, CartLineRow, CartView

# ROWS FROM ... WITH ORDINALITY keeps the order of the lines, which a plain join would not.
_LINE = (
    func.jsonb_array_elements(carts.c.lines)
    .table_valued("line", with_ordinality="position", name="lines")
    .render_derived()
)


def _field(name: str, kind: Any) -> Any:
    return func.jsonb_extract_path_text(_LINE.c.line, name).cast(kind)


_FOR_SALE = and_(offers.c.closed_at.is_(None), watches.c.publication == Publication.PUBLISHED.value)
# What the buyer's own checkout holds is free for the buyer.
_OWN = (
    exists()
    .where(
        checkouts.c.id == pieces.c.hold_id,
        or_(checkouts.c.owner == carts.c.owner, checkouts.c.guest_hash == carts.c.secret_hash),
    )
    .correlate(pieces, carts)
)
_STOCK = stock_of(_FOR_SALE, held=and_(HELD, ~_OWN))
_CART: Select[Any] = (
    select(
        carts.c.version,
        carts.c.currency.label("cart_currency"),
        offers.c.id.label("offer_id"),
        watches.c.slug,
        watches.c.brand,
        watches.c.reference,
        watches.c.name,
        offers.c.condition,
        _field("quantity", Integer).label("quantity"),
        offers.c.amount,
        _field("amount", BigInteger).label("seen_amount"),
        offers.c.currency,
        _STOCK.c.free,
        (_STOCK.c.held + _STOCK.c.ordered).label("reserved"),
    )
    .select_from(
        carts.outerjoin(_LINE, true())
        .outerjoin(offers, offers.c.id == _field("offer_id", Uuid))
        .outerjoin(watches, watches.c.id == offers.c.watch_id)
        .outerjoin(_STOCK, true())
    )
    .order_by(column("position"))
)
_OF_OWNER = _CART.where(carts.c.owner == bindparam("owner"))
_OF_GUEST = _CART.where(carts.c.secret_hash == bindparam("secret_hash"))


class PostgresCartQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cart(self, shopper: Shopper) -> CartView:
        rows = self._rows(shopper)
        if not rows:
            return CartView(0, (), 0, None)
        lines = tuple(_line(row) for row in rows if row.offer_id is not None)
        bought = (line for line in lines if line.availability == Availability.IN_STOCK)
        subtotal = sum(line.amount * line.quantity for line in bought)
        return CartView(rows[0].version, lines, subtotal, rows[0].cart_currency)

    def _rows(self, shopper: Shopper) -> Any:
        with translated(), self._engine.connect() as connection:
            if shopper.user_id is not None:
                return connection.execute(_OF_OWNER, {"owner": shopper.user_id}).all()
            return connection.execute(_OF_GUEST, {"secret_hash": shopper.guest_hash}).all()


def _line(row: Row[Any]) -> CartLineRow:
    return CartLineRow(
        str(row.offer_id),
        row.slug,
        row.brand,
        row.reference,
        row.name,
        row.condition,
        row.quantity,
        row.amount,
        row.seen_amount,
        row.currency,
        Availability.of_offer(free=row.free, reserved=row.reserved).value,
        row.free,
    )
