"""What the questions read: rows of the store, joined by hand."""

from collections.abc import Collection
from dataclasses import replace

from watchstore.adapters.memory.plain import Stock
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import BRANDS, OFFERS, PIECES, WATCHES
from watchstore.domain.identifiers import HoldId, OfferId, WatchId
from watchstore.domain.offer import Offer
from watchstore.domain.piece import Piece
from watchstore.domain.watch import Brand, Watch


class Reader:
    """One transaction that only reads."""

    def __init__(self, store: Store, tx: Transaction) -> None:
        self._tx = tx
        self._now = store.clock()

    def watch_at(self, slug: str) -> Watch | None:
        found = self._tx.scan(WATCHES, lambda watch: watch.slug.text == slug)
        return found[0] if found else None

    def watches(self) -> list[Watch]:
        return self._tx.scan(WATCHES)

    def watch_of(self, offer: Offer) -> Watch:
        watch = self._tx.get(WATCHES, offer.watch_id)
        if watch is None:
            raise LookupError(offer.watch_id)
        return watch

    def brand_of(self, watch: Watch) -> Brand:
        return self.brand(watch.brand)

    def brand(self, name: str) -> Brand:
        brand = self._tx.get(BRANDS, name)
        if brand is None:
            raise LookupError(name)
        return brand

    def open_offers(self, watch_id: WatchId) -> list[Offer]:
        at = At("offer_watch_id_fkey", watch_id)
        return self._tx.scan(OFFERS, lambda offer: offer.is_open, at=at)

    def pieces(self, offer_id: OfferId) -> list[Piece]:
        rows = self._tx.scan(PIECES, at=At("piece_offer_id_fkey", offer_id))
        return sorted((row.piece for row in rows), key=lambda piece: piece.id)

    def stock(self, offer_id: OfferId, own: Collection[HoldId] = ()) -> Stock:
        """Pieces under an `own` hold count as free."""
        pieces = (
            replace(piece, hold=None) if piece.hold and piece.hold.id in own else piece
            for piece in self.pieces(offer_id)
        )
        return Stock.of(pieces, self._now)
