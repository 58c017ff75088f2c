"""How many pieces of an offer are in each state: what several questions join."""

from typing import Any

from sqlalchemy import ColumnElement, Lateral, and_, case, func, literal_column, select

from watchstore.adapters.postgres.schema import offers, pieces
from watchstore.domain.piece import PieceState
from watchstore.service_layer.queries import Availability

_HELD = pieces.c.hold_until > func.clock_timestamp()
STATE: ColumnElement[Any] = case(
    (pieces.c.sold_at.is_not(None), PieceState.SOLD.value),
    (pieces.c.order_id.is_not(None), PieceState.ORDERED.value),
    (_HELD, PieceState.HELD.value),
    else_=PieceState.FREE.value,
)


def _counted(state: PieceState) -> ColumnElement[int]:
    return func.count().filter(literal_column("state") == state.value).label(state.value)


def stock_of(*conditions: ColumnElement[bool]) -> Lateral:
    """One row for every row of `offers` joined to it, zeros where there is no piece."""
    stated = (
        select(STATE.label("state"), pieces.c.box, pieces.c.papers)
        .where(and_(pieces.c.offer_id == offers.c.id, *conditions))
        .subquery("stated")
    )
    return (
        select(
            *(_counted(state) for state in PieceState),
            func.coalesce(func.bool_and(stated.c.box), False).label("box"),
            func.coalesce(func.bool_and(stated.c.papers), False).label("papers"),
        )
        .select_from(stated)
        .lateral("stock")
    )


def availability(*, free: int, reserved: int) -> Availability:
    if free:
        return Availability.IN_STOCK
    return Availability.RESERVED if reserved else Availability.SOLD_OUT
