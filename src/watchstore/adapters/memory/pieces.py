"""Physical watches: who holds them, and whose they became."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from watchstore.adapters.memory.claiming import Claim
from watchstore.adapters.memory.goods import Edited
from watchstore.adapters.memory.one import locked, saved
from watchstore.adapters.memory.rows import PieceRow
from watchstore.adapters.memory.store import At, CheckViolation, Transaction, UniqueViolation
from watchstore.adapters.memory.tables import OFFERS, PIECES, WATCHES
from watchstore.domain.errors import Duplicate, HoldExpired
from watchstore.domain.identifiers import HoldId, OfferId, OrderId, PieceId
from watchstore.domain.piece import Hold, Piece, PieceState


class MemoryPieces:
    def __init__(self, tx: Transaction, now: Callable[[], datetime], received: Edited) -> None:
        self._tx = tx
        self._now = now
        self._received = received

    def add(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            row = PieceRow(piece, self._brand(piece.offer_id))
            try:
                self._tx.insert(PIECES, piece.id, row)
            except UniqueViolation:
                raise Duplicate("A piece with this serial number is in stock.") from None
            if offer := self._tx.get(OFFERS, piece.offer_id):
                self._received(offer.watch_id)

    def get(self, piece_id: PieceId) -> Piece:
        return locked(self._tx, PIECES, piece_id).piece

    def save(self, piece: Piece) -> None:
        before = locked(self._tx, PIECES, piece.id).piece.order_id
        if before is not None and piece.order_id not in (None, before):
            raise CheckViolation("piece_one_taker_check")
        saved(self._tx, PIECES, piece.id, PieceRow(piece, self._brand(piece.offer_id)))

    def known(self, piece_ids: Collection[PieceId]) -> frozenset[PieceId]:
        return frozenset(each for each in piece_ids if self._tx.get(PIECES, each) is not None)

    def claim(
        self, wanted: Mapping[OfferId, int], *, hold_id: HoldId | None = None
    ) -> Mapping[OfferId, tuple[PieceId, ...]]:
        return Claim(self._tx, self._now, hold_id).take(wanted)

    def hold(self, pieces: Collection[PieceId], hold: Hold) -> None:
        for piece_id in sorted(pieces):
            self._save(replace(self.get(piece_id), hold=hold))

    def release(self, hold_id: HoldId) -> int:
        rows = self._lock(At("piece_hold_id_idx", hold_id))
        for row in rows:
            self._save(replace(row.piece, hold=None))
        return len(rows)

    def assign(
        self, pieces: Collection[PieceId], order_id: OrderId, *, hold_id: HoldId | None = None
    ) -> None:
        for piece_id in sorted(pieces):
            piece = self.get(piece_id)
            if not self._may_take(piece, hold_id):
                raise HoldExpired("The watch was held for a while only; that is over.")
            self._save(replace(piece, hold=None, order_id=order_id))

    def sell(self, order_id: OrderId, at: datetime) -> None:
        for row in self._lock(At("piece_order_id_fkey", order_id)):
            self._save(replace(row.piece, sold_at=at))

    def free(self, order_id: OrderId) -> None:
        for row in self._lock(At("piece_order_id_fkey", order_id)):
            self._save(replace(row.piece, order_id=None, sold_at=None))

    def take_back(self, pieces: Collection[PieceId], at: datetime, *, restock: bool) -> None:
        withdrawn = None if restock else at
        for piece_id in sorted(pieces):
            piece = self.get(piece_id)
            self._save(replace(piece, order_id=None, sold_at=None, withdrawn_at=withdrawn))

    def _may_take(self, piece: Piece, hold_id: HoldId | None) -> bool:
        state = piece.state(self._now())
        if hold_id is None:
            return state is PieceState.FREE
        return state is PieceState.HELD and piece.hold is not None and piece.hold.id == hold_id

    def _lock(self, at: At) -> list[PieceRow]:
        return self._tx.lock_where(PIECES, at=at, order=lambda row: row.piece.id)

    def _save(self, piece: Piece) -> None:
        row = locked(self._tx, PIECES, piece.id)
        self._tx.update(PIECES, piece.id, replace(row, piece=piece))

    def _brand(self, offer_id: OfferId) -> str:
        """Empty for an unknown offer, which the foreign key then refuses."""
        offer = self._tx.get(OFFERS, offer_id)
        watch = self._tx.get(WATCHES, offer.watch_id) if offer else None
        return watch.brand if watch else ""
