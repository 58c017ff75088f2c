"""Claiming pieces: first without waiting for anybody, then waiting in one order for everybody.

The optimistic pass skips what rivals have locked. When an offer comes out short, the pass is
rolled back (whoever waits while holding what another waits for deadlocks) and the candidates are
locked again, blocking, by offer and piece: after that a refusal is the truth.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    Integer,
    Select,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    or_,
    select,
    true,
)

from watchstore.adapters.postgres.repositories.piece_statements import OWN, SHELVED, UNHELD
from watchstore.adapters.postgres.repositories.refusal import refuse
from watchstore.adapters.postgres.schema import pieces
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.identifiers import HoldId, OfferId, PieceId

Claimed = Mapping[OfferId, tuple[PieceId, ...]]

_WANTED = (
    func.unnest(
        cast(bindparam("offers"), ARRAY(Uuid)), cast(bindparam("quantities"), ARRAY(Integer))
    )
    .table_valued(column("offer_id", Uuid), column("quantity", Integer), name="wanted")
    .render_derived()
)
_BY_ID = (pieces.c.id,)
_OWN_FIRST = (func.coalesce(OWN, False).desc(), pieces.c.id)


def _candidates(*, own: bool) -> Select[Any]:
    free = or_(UNHELD, OWN) if own else UNHELD
    return select(pieces.c.id, pieces.c.hold_id).where(
        pieces.c.offer_id == _WANTED.c.offer_id, SHELVED, free
    )


def _of_each(candidates: Select[Any]) -> Select[Any]:
    piece = candidates.lateral("piece")
    found = select(_WANTED.c.offer_id, piece.c.id, piece.c.hold_id)
    return found.select_from(_WANTED.join(piece, true()))


def _skipping(*, own: bool) -> Select[Any]:
    order = _OWN_FIRST if own else _BY_ID
    some = _candidates(own=own).order_by(*order).limit(_WANTED.c.quantity)
    return _of_each(some.with_for_update(skip_locked=True))


# Which candidates are the holder's own is known after the wait only: a holder waits for all.
_OPTIMISTIC: Final = {own: _skipping(own=own) for own in (False, True)}
_WAITING: Final = {
    False: _of_each(
        _candidates(own=False).order_by(*_BY_ID).limit(_WANTED.c.quantity).with_for_update()
    ),
    True: _of_each(_candidates(own=True).order_by(*_BY_ID).with_for_update()),
}


def claim(
    transaction: Transaction, wanted: Mapping[OfferId, int], hold_id: HoldId | None
) -> Claimed:
    own = hold_id is not None
    offers = sorted(wanted)
    params: dict[str, object] = {
        "offers": offers,
        "quantities": [wanted[offer_id] for offer_id in offers],
    }
    if own:
        params["hold"] = hold_id
    transaction.optimistically()
    found = _chosen(transaction.execute(_OPTIMISTIC[own], params).all(), wanted, hold_id)
    if _short(found, wanted):
        transaction.back()
        found = _chosen(transaction.execute(_WAITING[own], params).all(), wanted, hold_id)
        for offer_id in _short(found, wanted):
            transaction.back()
            refuse(transaction, offer_id)
    return found


def _short(found: Claimed, wanted: Mapping[OfferId, int]) -> list[OfferId]:
    return [offer_id for offer_id in sorted(wanted) if len(found[offer_id]) < wanted[offer_id]]


def _chosen(rows: Any, wanted: Mapping[OfferId, int], hold_id: HoldId | None) -> Claimed:
    """As many as wanted of each offer, the holder's own first."""
    taken: dict[OfferId, list[PieceId]] = {offer_id: [] for offer_id in wanted}
    for row in sorted(rows, key=lambda row: row.hold_id != hold_id or hold_id is None):
        if len(taken[row.offer_id]) < wanted[row.offer_id]:
            taken[row.offer_id].append(row.id)
    return {offer_id: tuple(ids) for offer_id, ids in taken.items()}
