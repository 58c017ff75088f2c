"""Whose a checkout is, and letting go: no hold stands in its own buyer's way."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from watchstore.domain.checkout import Checkout
from watchstore.domain.errors import AllReserved, NotFound
from watchstore.domain.identifiers import HoldId, OfferId, PieceId, UserId
from watchstore.service_layer.commands import PlaceOrder, Shopper
from watchstore.service_layer.ports import UnitOfWork


def own_checkout(checkout: Checkout | None, shopper: Shopper) -> Checkout:
    """Somebody else's is none."""
    if checkout is None or not checkout.owned_by(shopper.user_id, shopper.guest_hash):
        raise NotFound("There is no such checkout.")
    return checkout


def live_checkouts(uow: UnitOfWork, shopper: Shopper) -> tuple[Checkout, ...]:
    return uow.checkouts.live(owner=shopper.user_id, guest_hash=shopper.guest_hash)


def let_go(uow: UnitOfWork, checkouts: Iterable[Checkout]) -> None:
    for checkout in checkouts:
        uow.pieces.release(checkout.hold.id)
        uow.checkouts.remove(checkout.id)


def adopt(uow: UnitOfWork, user_id: UserId, guest_hash: str) -> None:
    """A guest has signed in: what the guest held is the account's, in place of its own."""
    guests = uow.checkouts.live(owner=None, guest_hash=guest_hash)
    if guests:
        let_go(uow, uow.checkouts.live(owner=user_id, guest_hash=None))
    for checkout in guests:
        uow.checkouts.save(replace(checkout, owner=user_id, guest_hash=None))


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
