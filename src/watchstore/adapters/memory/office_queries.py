"""What staff see: drafts too, and every piece with its serial number."""

from collections.abc import Iterator

from watchstore.adapters.memory.passports import passport
from watchstore.adapters.memory.plain import iso
from watchstore.adapters.memory.reading import Reader
from watchstore.adapters.memory.rows import DeliveryRow
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import DELIVERIES, EVENTS, ORDERS, REDEMPTIONS, VOUCHERS
from watchstore.domain.identifiers import OfferId, ascii_fold
from watchstore.domain.offer import Offer
from watchstore.domain.piece import Piece, PieceState
from watchstore.domain.vouchers import Voucher
from watchstore.domain.watch import Watch
from watchstore.service_layer.checkout_views import voucher_row
from watchstore.service_layer.queries import (
    DeadLetterRow,
    OfficeWatchPage,
    OfficeWatchRow,
    PieceRow,
    StockRow,
    VoucherRow,
    WatchPassport,
)


class MemoryOfficeQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def watches(
        self, *, text: str = "", publication: str | None = None, page: int = 1, limit: int = 50
    ) -> OfficeWatchPage:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            found = [
                watch
                for watch in reader.watches()
                if publication in (None, watch.publication) and _says(watch, text)
            ]
            found.sort(key=lambda watch: (watch.brand, watch.name, watch.id))
            shown = found[(page - 1) * limit : page * limit]
            return OfficeWatchPage(tuple(_row(reader, each) for each in shown), len(found))

    def watch(self, slug: str) -> WatchPassport | None:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            watch = reader.watch_at(slug)
            return passport(reader, watch) if watch else None

    def passports(self, *, after: str = "", limit: int = 200) -> tuple[WatchPassport, ...]:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            found = [watch for watch in reader.watches() if watch.slug.text > after]
            found.sort(key=lambda watch: watch.slug.text)
            return tuple(passport(reader, watch) for watch in found[:limit])

    def stock(self) -> tuple[StockRow, ...]:
        with self._store.transaction() as tx:
            rows = _stock(Reader(self._store, tx))
            order = sorted(rows, key=lambda row: (row.brand, row.name, row.condition, row.offer_id))
            return tuple(order)

    def pieces(self, offer_id: OfferId) -> tuple[PieceRow, ...]:
        with self._store.transaction() as tx:
            reader = Reader(self._store, tx)
            return tuple(_piece(self._store, tx, piece) for piece in reader.pieces(offer_id))

    def vouchers(self) -> tuple[VoucherRow, ...]:
        with self._store.transaction() as tx:
            found = [(each, _used(tx, each)) for each in tx.scan(VOUCHERS)]
        rows = sorted(found, key=lambda pair: pair[0].code.text)
        rows.sort(key=lambda pair: pair[0].starts_at, reverse=True)
        return tuple(voucher_row(voucher, used) for voucher, used in rows)

    def dead_letters(self) -> tuple[DeadLetterRow, ...]:
        with self._store.transaction() as tx:
            parked = tx.scan(DELIVERIES, lambda row: row.parked_at is not None)
            rows = sorted((_dead_letter(tx, row) for row in parked), key=lambda row: row.parked_at)
        return tuple(rows[:1000])


def _used(tx: Transaction, voucher: Voucher) -> int:
    return len(tx.scan(REDEMPTIONS, at=At("redemption_voucher_id_fkey", voucher.id)))


def _dead_letter(tx: Transaction, row: DeliveryRow) -> DeadLetterRow:
    stored = tx.get(EVENTS, row.event_id)
    if stored is None or row.parked_at is None:
        raise LookupError(row.event_id)
    return DeadLetterRow(
        str(row.event_id),
        row.consumer,
        stored.event.name,
        str(row.aggregate),
        iso(stored.happened_at),
        iso(row.parked_at),
        row.attempts,
        row.error or "",
    )


def _says(watch: Watch, text: str) -> bool:
    said = ascii_fold(f"{watch.brand} {watch.reference} {watch.name}")
    return all(word in said for word in ascii_fold(text).split())


def _row(reader: Reader, watch: Watch) -> OfficeWatchRow:
    offers = reader.open_offers(watch.id)
    return OfficeWatchRow(
        str(watch.id),
        watch.slug.text,
        watch.brand,
        watch.reference.printed,
        watch.name,
        watch.publication.value,
        watch.version,
        len(offers),
        sum(reader.stock(offer.id).free for offer in offers),
    )


def _stock(reader: Reader) -> Iterator[StockRow]:
    for watch in reader.watches():
        for offer in reader.open_offers(watch.id):
            yield _stock_row(reader, watch, offer)


def _stock_row(reader: Reader, watch: Watch, offer: Offer) -> StockRow:
    stock = reader.stock(offer.id)
    return StockRow(
        str(offer.id),
        watch.brand,
        watch.reference.printed,
        watch.name,
        offer.condition.value,
        offer.price.amount,
        offer.price.currency.code,
        stock.free,
        stock.held,
        stock.ordered,
        stock.sold,
    )


def _piece(store: Store, tx: Transaction, piece: Piece) -> PieceRow:
    state = piece.state(store.clock())
    held = piece.hold if state is PieceState.HELD else None
    order = tx.get(ORDERS, piece.order_id) if piece.order_id else None
    return PieceRow(
        str(piece.id),
        piece.serial.text if piece.serial else None,
        piece.box,
        piece.papers,
        state.value,
        iso(held.until) if held else None,
        order.number.text if order else None,
    )
