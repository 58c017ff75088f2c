"""Taking free pieces, all or none, so that neither waiting nor deadlock sells one twice.

First whatever nobody else is at, without waiting. If that is too little: go back to the
savepoint, wait for every candidate in (offer, piece) order, and only then refuse.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from math import ceil
from typing import Final

from watchstore.adapters.memory.rows import PieceRow
from watchstore.adapters.memory.store import At, Transaction
from watchstore.adapters.memory.tables import PIECES
from watchstore.domain.errors import AllReserved, Conflict, SoldOut
from watchstore.domain.identifiers import HoldId, OfferId, PieceId
from watchstore.domain.piece import Piece

# Seconds to come back after, while pieces are in orders that are not paid yet.
UNPAID_RETRY: Final = 30

Claimed = dict[OfferId, tuple[PieceId, ...]]


class Claim:
    def __init__(
        self, tx: Transaction, now: Callable[[], datetime], hold_id: HoldId | None
    ) -> None:
        self._tx = tx
        self._now = now
        self._hold_id = hold_id

    def take(self, wanted: Mapping[OfferId, int]) -> Claimed:
        ordered = dict(sorted(wanted.items()))
        savepoint = self._tx.savepoint()
        claimed = self._lock(ordered, skip_locked=True)
        if _short(ordered, claimed):
            savepoint.rollback_to()
            claimed = self._lock(ordered, skip_locked=False)
        if short := _short(ordered, claimed):
            savepoint.rollback_to()
            raise self._refusal(short)
        savepoint.release()
        return claimed

    def _lock(self, wanted: Mapping[OfferId, int], *, skip_locked: bool) -> Claimed:
        """Waiting, every candidate is locked, by id; else only as many as are wanted."""
        claimed = Claimed()
        for offer_id, quantity in wanted.items():
            rows = self._tx.lock_where(
                PIECES,
                lambda row: self._is_free(row.piece),
                at=At("piece_offer_id_fkey", offer_id),
                skip_locked=skip_locked,
                limit=quantity if skip_locked else None,
                order=self._own_first if skip_locked else _by_id,
            )
            mine = sorted(rows, key=self._own_first)[:quantity]
            claimed[offer_id] = tuple(row.piece.id for row in mine)
        return claimed

    def _is_free(self, piece: Piece) -> bool:
        if piece.order_id is not None or piece.withdrawn_at is not None:
            return False
        return self._is_own(piece) or piece.hold is None or piece.hold.until <= self._now()

    def _is_own(self, piece: Piece) -> bool:
        return piece.hold is not None and piece.hold.id == self._hold_id

    def _own_first(self, row: PieceRow) -> tuple[bool, PieceId]:
        return not self._is_own(row.piece), row.piece.id

    def _refusal(self, offer_id: OfferId) -> Conflict:
        rows = self._tx.scan(PIECES, at=At("piece_offer_id_fkey", offer_id))
        unsold = [row.piece for row in rows if not _gone(row.piece)]
        if not unsold:
            return SoldOut("Every piece is sold.", offer_id=str(offer_id))
        return AllReserved(
            "Others are buying what is left; some may come back.",
            offer_id=str(offer_id),
            retry_after=self._retry_after(unsold),
        )

    def _retry_after(self, unsold: list[Piece]) -> int:
        """Whole seconds until the first hold of somebody else ends."""
        now = self._now()
        ends = [piece.hold.until for piece in unsold if piece.hold and piece.hold.until > now]
        return max(1, ceil((min(ends) - now).total_seconds())) if ends else UNPAID_RETRY


def _gone(piece: Piece) -> bool:
    return piece.sold_at is not None or piece.withdrawn_at is not None


def _by_id(row: PieceRow) -> PieceId:
    return row.piece.id


def _short(wanted: Mapping[OfferId, int], claimed: Claimed) -> OfferId | None:
    """The first offer with too few pieces."""
    return next((id_ for id_, count in wanted.items() if len(claimed[id_]) < count), None)
