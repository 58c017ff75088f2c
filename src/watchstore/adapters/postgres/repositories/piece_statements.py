"""What is asked of the table of pieces."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Text,
    Update,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from watchstore.adapters.postgres.repositories.statements import saving
from watchstore.adapters.postgres.schema import offers, pieces
from watchstore.adapters.postgres.schema.columns import Instant

_NOW: ColumnElement[Any] = func.clock_timestamp()  # now() would freeze before a wait for a lock

SHELVED = and_(pieces.c.order_id.is_(None), pieces.c.withdrawn_at.is_(None))
UNHELD = or_(pieces.c.hold_until.is_(None), pieces.c.hold_until <= _NOW)
OWN = pieces.c.hold_id == bindparam("hold")
LIVE = pieces.c.hold_until > _NOW


def _added() -> Any:
    rows = (
        func.jsonb_to_recordset(bindparam("pieces", type_=JSONB))
        .table_valued(
            column("id", Uuid),
            column("offer_id", Uuid),
            column("received_at", Instant),
            column("serial", Text),
            column("box", Boolean),
            column("papers", Boolean),
            column("hold_id", Uuid),
            column("hold_until", Instant),
            column("order_id", Uuid),
            column("sold_at", Instant),
            column("withdrawn_at", Instant),
            name="new",
        )
        .render_derived(with_types=True)
    )
    return select(*rows.c, offers.c.brand).join(offers, offers.c.id == rows.c.offer_id)


def _locked(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(pieces.c.id).where(*conditions).order_by(pieces.c.id).with_for_update()


def _each(*conditions: ColumnElement[bool]) -> Update:
    return update(pieces).where(pieces.c.id.in_(_locked(*conditions)))


_CHOSEN = pieces.c.id == func.any(cast(bindparam("ids"), ARRAY(Uuid)))
_OF_ORDER = pieces.c.order_id == bindparam("piece_order")
_TAKEN: dict[str, Any] = {"order_id": bindparam("taker"), "hold_id": None, "hold_until": None}

ADD = insert(pieces).from_select([*(c.name for c in _added().selected_columns)], _added())
SAVE = saving(pieces, "piece", "offer_id", "brand")
KNOWN = select(pieces.c.id).where(_CHOSEN)
HOLD = _each(_CHOSEN).values(hold_id=bindparam("new_hold"), hold_until=bindparam("until"))
RELEASE = _each(OWN).values(hold_id=None, hold_until=None)
ASSIGN = _each(_CHOSEN, SHELVED, UNHELD).values(_TAKEN)
ASSIGN_HELD = _each(_CHOSEN, SHELVED, OWN, LIVE).values(_TAKEN)
SELL = _each(_OF_ORDER).values(sold_at=bindparam("piece_sold_at"))
FREE = _each(_OF_ORDER).values(order_id=None, sold_at=None)
TAKE_BACK = _each(_CHOSEN).values(
    order_id=None, sold_at=None, withdrawn_at=bindparam("withdrawn", type_=Instant)
)
