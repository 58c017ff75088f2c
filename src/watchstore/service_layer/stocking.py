"""Stock: receive pieces, hold them for a buyer for a while, let them go again."""

from collections.abc import Iterable, Mapping

from watchstore.domain.errors import InvalidValue, NotForSale
from watchstore.domain.events import PiecesReceived
from watchstore.domain.identifiers import HoldId, OfferId, PieceId
from watchstore.domain.piece import Hold, Piece
from watchstore.service_layer.commands import HoldPieces, ReceivePieces, Wanted
from watchstore.service_layer.ports import Begin, Clock, Entropy
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried


@retried
def receive_pieces(command: ReceivePieces, *, begin: Begin, clock: Clock, entropy: Entropy) -> int:
    """Put physical watches on the shelf of an open offer; returns how many."""
    if not command.pieces:
        raise InvalidValue("pieces", "must not be empty")
    with begin() as uow:
        if earlier_creation(uow, command.key):
            return len(command.pieces)
        offer = uow.offers.get(command.offer_id)
        if not offer.is_open:
            raise NotForSale("The offer is closed.", offer_id=str(offer.id))
        now = clock.now()
        pieces = [
            Piece(PieceId(entropy.new_id()), offer.id, now, new.serial, new.box, new.papers)
            for new in command.pieces
        ]
        uow.pieces.add(pieces)
        ids = tuple(str(piece.id) for piece in pieces)
        uow.outbox.append(offer.id, PiecesReceived(str(offer.id), ids))
        remember_creation(uow, command.key, offer.id)
        uow.commit()
    return len(pieces)


@retried
def restock_piece(piece_id: PieceId, *, begin: Begin) -> None:
    """Put a piece that was withdrawn from sale back on the shelf."""
    with begin() as uow:
        uow.pieces.save(uow.pieces.get(piece_id).restock())
        uow.commit()


@retried
def hold_pieces(
    command: HoldPieces, *, begin: Begin, clock: Clock
) -> Mapping[OfferId, tuple[PieceId, ...]]:
    """Hold pieces, all or none, or extend the hold; raises SoldOut or AllReserved."""
    wanted = quantities(command.wanted)
    with begin() as uow:
        known = uow.offers.for_sale(wanted)
        for offer_id in wanted:
            if offer_id not in known:
                raise NotForSale("This is not for sale.", offer_id=str(offer_id))
        claimed = uow.pieces.claim(wanted, hold_id=command.hold_id)
        uow.pieces.release(command.hold_id)
        pieces = [piece for ids in claimed.values() for piece in ids]
        uow.pieces.hold(pieces, Hold(command.hold_id, clock.now() + command.lasting))
        uow.commit()
    return claimed


@retried
def release_hold(hold_id: HoldId, *, begin: Begin) -> int:
    with begin() as uow:
        freed = uow.pieces.release(hold_id)
        uow.commit()
    return freed


def quantities(wanted: Iterable[Wanted]) -> dict[OfferId, int]:
    """Sum the lines per offer: two lines of one watch compete for the same pieces."""
    summed: dict[OfferId, int] = {}
    for line in wanted:
        if line.quantity < 1:
            raise InvalidValue("quantity", "must be at least 1")
        summed[line.offer_id] = summed.get(line.offer_id, 0) + line.quantity
    if not summed:
        raise InvalidValue("lines", "must not be empty")
    return summed
