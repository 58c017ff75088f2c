"""What a checkout holds: let go of it, so that a hold never stands in its own buyer's way."""

from collections.abc import Iterable, Mapping

from watchstore.domain.checkout import Checkout
from watchstore.domain.errors import AllReserved
from watchstore.domain.identifiers import HoldId, OfferId, PieceId
from watchstore.service_layer.commands import PlaceOrder, Shopper
from watchstore.service_layer.ports import UnitOfWork


def live_checkouts(uow: UnitOfWork, shopper: Shopper) -> tuple[Checkout, ...]:
    return uow.checkouts.live(owner=shopper.user_id, guest_hash=shopper.guest_hash)


def let_go(uow: UnitOfWork, checkouts: Iterable[Checkout]) -> None:
    for checkout in checkouts:
        uow.pieces.release(checkout.hold.id)
        uow.checkouts.remove(checkout.id)


def claim_for(
    uow: UnitOfWork, command: PlaceOrder, wanted: Mapping[OfferId, int]
) -> Mapping[OfferId, tuple[PieceId, ...]]:
    """Claim pieces for an order; what is short may be held by the buyer's own checkout."""
    hold_id: HoldId | None = command.hold_id
    try:
        return uow.pieces.claim(wanted, hold_id=hold_id)
    except AllReserved:
        own = () if hold_id else live_checkouts(uow, command.shopper)
        if not own:
            raise
        let_go(uow, own)
        return uow.pieces.claim(wanted)
