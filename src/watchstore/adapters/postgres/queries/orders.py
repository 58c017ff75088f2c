"""Orders as their buyers and as staff see them; pages go on from the last order shown."""

from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Label,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries.cursors import cursor_of, place_in
from watchstore.adapters.postgres.queries.order_views import card, view
from watchstore.adapters.postgres.schema import (
    orders,
    papers,
    payments,
    refunds,
    returns,
    watches,
)
from watchstore.domain.identifiers import Email, OrderNumber, UserId
from watchstore.domain.watch import Publication
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.queries import OrderPage, OrderView

_PLACE = tuple_(orders.c.placed_at, orders.c.id)


def _listed(table: Table, at: Column[Any]) -> Label[Any]:
    """The rows of an order in another table, as documents, oldest first."""
    document = func.to_jsonb(literal_column(table.name))
    return (
        select(func.jsonb_agg(aggregate_order_by(document, at, table.c.id)))
        .select_from(table)
        .where(table.c.order_id == orders.c.id)
        .correlate(orders)
        .scalar_subquery()
        .label(table.name)
    )


_PAPER = func.jsonb_build_object(
    *("kind", papers.c.kind, "year", papers.c.year),
    *("sequence", papers.c.sequence, "issued_at", papers.c.issued_at),
)
# The invoice first, then by number.
_PAPERS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(_PAPER, papers.c.kind.desc(), papers.c.year, papers.c.sequence)
        )
    )
    .where(papers.c.order_id == orders.c.id)
    .correlate(orders)
    .scalar_subquery()
    .label("papers")
)
_LINE = func.jsonb_array_elements(orders.c.lines).table_valued("line", name="sold").render_derived()
_SLUGS = (
    select(func.jsonb_object_agg(watches.c.id, watches.c.slug))
    .select_from(_LINE)
    .join(
        watches,
        and_(
            watches.c.id == func.jsonb_extract_path_text(_LINE.c.line, "watch_id").cast(Uuid),
            watches.c.publication == Publication.PUBLISHED.value,
        ),
    )
    .correlate(orders)
    .scalar_subquery()
    .label("slugs")
)
_ONE = (
    select(
        orders,
        _SLUGS,
        payments.c.state.label("payment"),
        payments.c.refunded,
        _listed(refunds, refunds.c.asked_at),
        _listed(returns, returns.c.requested_at),
        _PAPERS,
    )
    .join(payments, payments.c.order_id == orders.c.id)
    .where(orders.c.number == bindparam("number"))
)
_TRACKED = _ONE.where(orders.c.email == bindparam("email"))
_OWN = _ONE.where(
    or_(
        orders.c.buyer == bindparam("buyer"),
        and_(orders.c.buyer.is_(None), orders.c.guest_hash == bindparam("guest_hash")),
    )
)
_CARDS = select(
    orders.c.id,
    orders.c.number,
    orders.c.state,
    orders.c.placed_at,
    orders.c.email,
    orders.c.items_amount,
    orders.c.delivery_amount,
    orders.c.discount_amount,
    orders.c.tax_amount,
    orders.c.tax_included,
    orders.c.currency,
    orders.c.lines,
)
_COUNT = select(func.count()).select_from(orders)
_OF_BUYER = orders.c.buyer == bindparam("buyer")
_IN_STATE = orders.c.state == bindparam("state")
_FURTHER = tuple_(bindparam("at"), bindparam("after")) > _PLACE


class PostgresOrderQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def order(self, number: OrderNumber, shopper: Shopper | None) -> OrderView | None:
        question, params = _ONE, {"number": number.text}
        if shopper is not None:
            question = _OWN
            params |= {"buyer": shopper.user_id, "guest_hash": shopper.guest_hash}  # type: ignore[dict-item]
        return self._one(question, params)

    def tracked(self, number: OrderNumber, email: Email) -> OrderView | None:
        return self._one(_TRACKED, {"number": number.text, "email": email.address})

    def orders(
        self,
        *,
        buyer: UserId | None = None,
        state: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> OrderPage:
        given = {"buyer": buyer, "state": state, **place_in(cursor)}
        params = {name: value for name, value in given.items() if value is not None}
        with translated(), self._engine.connect() as connection:
            total = connection.execute(_of(_COUNT, params), params).scalar_one()
            found = connection.execute(_page(params), {**params, "most": limit + 1}).all()
        shown = found[:limit]
        following = cursor_of(shown[-1].placed_at, shown[-1].id) if len(found) > limit else None
        return OrderPage(tuple(card(row) for row in shown), following, total)

    def _one(self, question: Select[Any], params: dict[str, Any]) -> OrderView | None:
        with translated(), self._engine.connect() as connection:
            row = connection.execute(question, params).first()
        return view(row) if row else None


def _of(question: Select[Any], params: dict[str, Any]) -> Select[Any]:
    if "buyer" in params:
        question = question.where(_OF_BUYER)
    return question.where(_IN_STATE) if "state" in params else question


def _page(params: dict[str, Any]) -> Select[Any]:
    page = _of(_CARDS, params)
    if "after" in params:
        page = page.where(_FURTHER)
    return page.order_by(orders.c.placed_at.desc(), orders.c.id.desc()).limit(bindparam("most"))
