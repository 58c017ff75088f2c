"""Pieces. Whatever changes several of them locks them in id order first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from watchstore.adapters.postgres.errors import refused
from watchstore.adapters.postgres.repositories import piece_statements as statements
from watchstore.adapters.postgres.repositories.claim import claim
from watchstore.adapters.postgres.repositories.piece_rows import (
    changing_values,
    piece_document,
    to_piece,
)
from watchstore.adapters.postgres.repositories.statements import prefixed
from watchstore.adapters.postgres.schema import pieces as table
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import Duplicate, HoldExpired, NotFound
from watchstore.domain.identifiers import HoldId, OfferId, OrderId, PieceId
from watchstore.domain.piece import Hold, Piece

_GET = select(table).where(table.c.id == bindparam("id")).with_for_update(key_share=True)
_SERIAL = "pieces_brand_serial_key"


class PostgresPieces:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, pieces: Sequence[Piece]) -> None:
        documents = [piece_document(piece) for piece in pieces]
        with refused({_SERIAL: Duplicate("The stock holds this serial number already.")}):
            added = self._transaction.execute(statements.ADD, {"pieces": documents}).rowcount
        if added != len(pieces):
            raise NotFound("There is no such offer.")
        self._transaction.offers_stocked(piece.offer_id for piece in pieces)

    def get(self, piece_id: PieceId) -> Piece:
        row = self._transaction.execute(_GET, {"id": piece_id}).first()
        if row is None:
            raise NotFound("There is no such piece.")
        return to_piece(row)

    def save(self, piece: Piece) -> None:
        values = prefixed("piece", {"id": piece.id, **changing_values(piece)})
        with refused({_SERIAL: Duplicate("The stock holds this serial number already.")}):
            self._transaction.execute(statements.SAVE, values)

    def known(self, piece_ids: Collection[PieceId]) -> frozenset[PieceId]:
        rows = self._transaction.execute(statements.KNOWN, {"ids": list(piece_ids)})
        return frozenset(PieceId(row.id) for row in rows)

    def claim(
        self, wanted: Mapping[OfferId, int], *, hold_id: HoldId | None = None
    ) -> Mapping[OfferId, tuple[PieceId, ...]]:
        return claim(self._transaction, wanted, hold_id)

    def hold(self, pieces: Collection[PieceId], hold: Hold) -> None:
        params = {"ids": list(pieces), "new_hold": hold.id, "until": hold.until}
        self._transaction.execute(statements.HOLD, params)

    def release(self, hold_id: HoldId) -> int:
        return self._transaction.execute(statements.RELEASE, {"hold": hold_id}).rowcount

    def assign(
        self, pieces: Collection[PieceId], order_id: OrderId, *, hold_id: HoldId | None = None
    ) -> None:
        params = {"ids": list(pieces), "taker": order_id}
        if hold_id is None:
            changed = self._transaction.execute(statements.ASSIGN, params).rowcount
        else:
            held = {**params, "hold": hold_id}
            changed = self._transaction.execute(statements.ASSIGN_HELD, held).rowcount
        if changed != len(set(pieces)):
            raise HoldExpired("The hold has ended; start again.")

    def sell(self, order_id: OrderId, at: datetime) -> None:
        self._transaction.later(statements.SELL, {"piece_order": order_id, "piece_sold_at": at})

    def free(self, order_id: OrderId) -> None:
        self._transaction.later(statements.FREE, {"piece_order": order_id})

    def take_back(self, pieces: Collection[PieceId], at: datetime, *, restock: bool) -> None:
        params = {"ids": list(pieces), "withdrawn": None if restock else at}
        self._transaction.execute(statements.TAKE_BACK, params)
