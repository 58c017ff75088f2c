"""How many pieces of an offer are in each state: what several questions join."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.sql.selectable import LateralFromClause

from watchstore.adapters.postgres.schema import offers, pieces
from watchstore.domain.piece import PieceState

_SOLD = pieces.c.sold_at.is_not(None)
_ORDERED = pieces.c.order_id.is_not(None)
HELD = and_(pieces.c.hold_until.is_not(None), pieces.c.hold_until > func.clock_timestamp())
_WITHDRAWN = pieces.c.withdrawn_at.is_not(None)
STATE: ColumnElement[Any] = case(
    (_SOLD, PieceState.SOLD.value),
    (_ORDERED, PieceState.ORDERED.value),
    (_WITHDRAWN, PieceState.WITHDRAWN.value),
    (HELD, PieceState.HELD.value),
    else_=PieceState.FREE.value,
)


def stock_of(
    *conditions: ColumnElement[bool], held: ColumnElement[bool] = HELD
) -> LateralFromClause:
    """One row for every row of `offers` joined to it, zeros where there is no piece.

    Who asks may count as `held` what others hold only.
    """
    return (
        select(
            func.count().filter(~_ORDERED, ~_WITHDRAWN, ~held).label("free"),
            func.count().filter(held).label("held"),
            func.count().filter(_ORDERED, ~_SOLD).label("ordered"),
            func.count().filter(_SOLD).label("sold"),
            func.coalesce(func.bool_and(pieces.c.box), False).label("box"),
            func.coalesce(func.bool_and(pieces.c.papers), False).label("papers"),
        )
        .where(pieces.c.offer_id == offers.c.id, *conditions)
        .lateral("stock")
    )
