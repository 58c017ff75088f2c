"""The stockroom: the catalogue, its files, and the watches on the shelf."""

from collections.abc import Iterator, Mapping

from watchstore.domain.identifiers import HoldId, OfferId, PieceId, WatchId
from watchstore.service_layer import cataloguing, commands, stocking
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.importing import (
    catalogue_export,
    catalogue_import,
    offers_import,
    pages_export,
)
from watchstore.service_layer.importing.report import (
    ImportReport,
    OffersReport,
    Progress,
    unwatched,
)


class Stockroom(Department):
    def create_watch(self, command: commands.CreateWatch) -> WatchId:
        return cataloguing.create_watch(command, **self._creating)

    def revise_watch(self, command: commands.ReviseWatch) -> int:
        return cataloguing.revise_watch(command, **self._timed)

    def publish_watch(self, watch_id: WatchId) -> None:
        cataloguing.publish_watch(watch_id, **self._timed)

    def withdraw_watch(self, watch_id: WatchId) -> None:
        cataloguing.withdraw_watch(watch_id, **self._timed)

    def open_offer(self, command: commands.OpenOffer) -> OfferId:
        return cataloguing.open_offer(command, **self._creating)

    def reprice_offer(self, command: commands.RepriceOffer) -> int:
        return cataloguing.reprice_offer(command, begin=self.begin)

    def close_offer(self, offer_id: OfferId) -> None:
        cataloguing.close_offer(offer_id, **self._timed)

    def import_catalogue(
        self, command: commands.ImportCatalogue, *, progress: Progress = unwatched
    ) -> ImportReport:
        return catalogue_import.import_catalogue(command, **self._creating, progress=progress)

    def import_offers(
        self, command: commands.ImportOffers, *, progress: Progress = unwatched
    ) -> OffersReport:
        return offers_import.import_offers(command, **self._timed, progress=progress)

    def export_catalogue(self) -> Iterator[bytes]:
        return catalogue_export.export_catalogue(self.office)

    def export_pages(self) -> Iterator[bytes]:
        return pages_export.export_pages(self.ports.storage.pages)

    def receive_pieces(self, command: commands.ReceivePieces) -> int:
        return stocking.receive_pieces(command, **self._creating)

    def restock_piece(self, piece_id: PieceId) -> None:
        stocking.restock_piece(piece_id, begin=self.begin)

    def hold_pieces(self, command: commands.HoldPieces) -> Mapping[OfferId, tuple[PieceId, ...]]:
        return stocking.hold_pieces(command, **self._timed)

    def release_hold(self, hold_id: HoldId) -> int:
        return stocking.release_hold(hold_id, begin=self.begin)
