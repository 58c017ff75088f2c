"""Rows of an offers file -> offers opened and pieces received, in a transaction not ours."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from watchstore.domain.events import PiecesReceived
from watchstore.domain.identifiers import OfferId, PieceId, WatchId
from watchstore.domain.offer import Offer
from watchstore.domain.piece import Piece
from watchstore.service_layer.cataloguing import add_offer
from watchstore.service_layer.importing.offer_rows import OfferRow
from watchstore.service_layer.importing.tally import OffersTally
from watchstore.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row with the ids of what it makes."""

    row: OfferRow
    offer_id: OfferId
    piece_id: PieceId

    @property
    def identity(self) -> Hashable:
        return self.offer_id


class Stocking:
    def __init__(self, uow: UnitOfWork, tally: OffersTally, now: datetime) -> None:
        self._uow = uow
        self._tally = tally
        self._now = now

    def receive(self, arrivals: Sequence[Arrival]) -> None:
        watches = self._watches(arrivals)
        offers = {offer.id: offer for offer in self._uow.offers.of_watches(watches.values())}
        here = self._uow.pieces.known([arrival.piece_id for arrival in arrivals])
        pieces: dict[OfferId, list[Piece]] = {}
        for arrival in arrivals:
            watch_id = watches.get((arrival.row.brand.name, arrival.row.reference.bare))
            if watch_id is None:
                self._tally.refuse(arrival.row.fault("reference", "is not in the catalogue"))
            elif arrival.piece_id in here:
                self._tally.unchanged += 1
            elif self._is_open(arrival, watch_id, offers):
                pieces.setdefault(arrival.offer_id, []).append(self._piece(arrival))
        self._put_on_shelf(pieces)

    def _watches(self, arrivals: Sequence[Arrival]) -> Mapping[tuple[str, str], WatchId]:
        wanted = {(arrival.row.brand.name, arrival.row.reference) for arrival in arrivals}
        found = self._uow.watches.find_many(wanted)
        return {(watch.brand, watch.reference.bare): watch.id for watch in found}

    def _is_open(self, arrival: Arrival, watch_id: WatchId, offers: dict[OfferId, Offer]) -> bool:
        if arrival.offer_id not in offers:
            offers[arrival.offer_id] = self._opened(arrival, watch_id)
        if offers[arrival.offer_id].is_open:
            return True
        self._tally.refuse(arrival.row.fault("", "its offer was closed"))
        return False

    def _opened(self, arrival: Arrival, watch_id: WatchId) -> Offer:
        row = arrival.row
        note = f"Made in {row.year}" if row.year else ""
        offer = Offer(arrival.offer_id, watch_id, row.condition, row.price, self._now, note)
        add_offer(self._uow, offer)
        self._tally.offers_opened += 1
        return offer

    def _piece(self, arrival: Arrival) -> Piece:
        row = arrival.row
        return Piece(arrival.piece_id, arrival.offer_id, self._now, box=row.box, papers=row.papers)

    def _put_on_shelf(self, pieces: Mapping[OfferId, Sequence[Piece]]) -> None:
        arrived = [piece for group in pieces.values() for piece in group]
        if arrived:
            self._uow.pieces.add(arrived)
        for offer_id, group in pieces.items():
            ids = tuple(str(piece.id) for piece in group)
            self._uow.outbox.append(offer_id, PiecesReceived(str(offer_id), ids))
        self._tally.received += len(arrived)
