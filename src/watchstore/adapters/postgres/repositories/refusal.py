"""Why an offer cannot be had now: sold out for good, or only spoken for."""

from math import ceil
from typing import Final, NoReturn

from sqlalchemy import bindparam, func, select

from watchstore.adapters.postgres.schema import pieces
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import AllReserved, SoldOut
from watchstore.domain.identifiers import OfferId

# Seconds to come back after, while pieces are in orders that are not paid yet.
_UNPAID: Final = 30

_WAIT = func.extract("epoch", pieces.c.hold_until - func.clock_timestamp())
_STATE = select(
    func.count().label("unsold"), func.min(_WAIT).filter(_WAIT > 0).label("wait")
).where(
    pieces.c.offer_id == bindparam("offer_id"),
    pieces.c.sold_at.is_(None),
    pieces.c.withdrawn_at.is_(None),
)


def refuse(transaction: Transaction, offer_id: OfferId) -> NoReturn:
    state = transaction.execute(_STATE, {"offer_id": offer_id}).one()
    if not state.unsold:
        raise SoldOut("Every piece is sold.", offer_id=str(offer_id))
    raise AllReserved(
        "Others are buying what is left; some may come back.",
        offer_id=str(offer_id),
        retry_after=_UNPAID if state.wait is None else max(1, ceil(state.wait)),
    )
