"""The checkout: hold what is in the cart first, ask for the rest then.

Locks are taken in this order: request key, cart, checkout, pieces, voucher.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from watchstore.domain.cart import Cart
from watchstore.domain.checkout import Checkout, CheckoutLine
from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import CheckoutId, PieceId
from watchstore.domain.terms import Terms
from watchstore.service_layer import limits
from watchstore.service_layer.checkout_views import checkout_view
from watchstore.service_layer.commands import (
    NOTHING,
    ChangeCheckout,
    LeaveCheckout,
    Shopper,
    StartCheckout,
    Supposing,
)
from watchstore.service_layer.holding import let_go, live_checkouts, own_checkout
from watchstore.service_layer.ordering import sales_of
from watchstore.service_layer.ports import Begin, Clock, Entropy, RateLimiter, UnitOfWork
from watchstore.service_layer.queries import CheckoutView
from watchstore.service_layer.redeeming import customer_of, usable_voucher
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.shopping import cart_of

# A repeated request may ask for an ordered checkout as long as its key lives.
KEPT: Final = timedelta(hours=24)


def start_checkout(
    command: StartCheckout,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    limiter: RateLimiter,
    terms: Terms,
) -> CheckoutView:
    """Hold every piece of the cart, all or none; raises SoldOut, AllReserved, NotForSale,
    HoldLimit. The shopper's other checkout is let go of, unless this one is refused."""
    limiter.hit(limits.CHECKOUT_BY_ADDRESS, command.origin)
    return _start(command, begin=begin, clock=clock, entropy=entropy, terms=terms)


@retried
def _start(
    command: StartCheckout, *, begin: Begin, clock: Clock, entropy: Entropy, terms: Terms
) -> CheckoutView:
    with begin() as uow:
        if earlier := earlier_creation(uow, command.key):
            made = own_checkout(uow.checkouts.peek(CheckoutId(earlier)), command.shopper)
            return checkout_view(uow, made, clock.now(), terms)
        cart = cart_of(uow, command.shopper)
        if cart is None or not cart.lines:
            raise InvalidValue("cart", "is empty")
        checkout = _of_cart(
            uow, cart, command.shopper, at=clock.now(), entropy=entropy, terms=terms
        )
        uow.checkouts.add(checkout)
        _hold(uow, checkout)
        remember_creation(uow, command.key, checkout.id)
        view = checkout_view(uow, checkout, clock.now(), terms)
        uow.commit()
    return view


def _of_cart(
    uow: UnitOfWork, cart: Cart, shopper: Shopper, *, at: datetime, entropy: Entropy, terms: Terms
) -> Checkout:
    """Replaces the shopper's earlier ones: who holds the same again starts no new time."""
    earlier = live_checkouts(uow, shopper)
    latest = min([at + terms.longest_hold, *_ends_of_the_same(cart, earlier, at)])
    checkout = Checkout(
        CheckoutId(entropy.new_id()),
        _lines(uow, cart),
        at,
        min(at + terms.hold, latest),
        latest,
        owner=shopper.user_id,
        guest_hash=shopper.guest_hash if shopper.user_id is None else None,
    )
    checkout.require_within(terms)
    let_go(uow, earlier)
    return checkout


def _ends_of_the_same(cart: Cart, earlier: tuple[Checkout, ...], at: datetime) -> list[datetime]:
    again = (each for each in earlier if any(cart.line(offer) for offer in each.wanted))
    return [each.latest for each in again if at < each.expires_at]


def _lines(uow: UnitOfWork, cart: Cart) -> tuple[CheckoutLine, ...]:
    sales = sales_of(uow, {line.offer_id: line.quantity for line in cart.lines})
    return tuple(
        CheckoutLine(
            line.offer_id,
            sale.brand,
            sale.reference,
            sale.name,
            sale.offer.condition,
            line.quantity,
            sale.offer.price,
            line.price,
        )
        for line in cart.lines
        for sale in [sales[line.offer_id]]
    )


def _hold(uow: UnitOfWork, checkout: Checkout) -> None:
    claimed = uow.pieces.claim(checkout.wanted, hold_id=checkout.hold.id)
    pieces: list[PieceId] = [piece for ids in claimed.values() for piece in ids]
    uow.pieces.hold(pieces, checkout.hold)


def show_checkout(
    checkout_id: CheckoutId,
    shopper: Shopper,
    supposing: Supposing = NOTHING,
    *,
    begin: Begin,
    clock: Clock,
    terms: Terms,
) -> CheckoutView:
    """Looking at it is no sign of life, nor is asking what another country would cost."""
    with begin() as uow:
        checkout = own_checkout(uow.checkouts.peek(checkout_id), shopper)
        view = checkout_view(uow, checkout, clock.now(), terms)
        if supposing == NOTHING:
            return view
        if supposing.delivery is not None:
            checkout = replace(checkout, delivery=supposing.delivery)
        if supposing.country is not None:
            checkout = checkout.bound_for(supposing.country)
        there = checkout_view(uow, checkout, clock.now(), terms)
        return replace(there, address=view.address, missing=view.missing)


def change_checkout(
    command: ChangeCheckout, *, begin: Begin, clock: Clock, limiter: RateLimiter, terms: Terms
) -> CheckoutView:
    """Say any part of it, and go on holding; raises HoldExpired, SoldOut, AllReserved,
    VoucherRefused. An expired hold lives on when nobody took the pieces meanwhile."""
    if command.changes.get("voucher") is not None:
        limiter.hit(limits.VOUCHER_BY_ADDRESS, command.origin)
    return _change(command, begin=begin, clock=clock, terms=terms)


@retried
def _change(command: ChangeCheckout, *, begin: Begin, clock: Clock, terms: Terms) -> CheckoutView:
    now = clock.now()
    with begin() as uow:
        before = own_checkout(uow.checkouts.get(command.checkout_id), command.shopper)
        checkout = replace(before.alive(now, terms), **command.changes)
        if command.changes.get("voucher") is not None:
            _require_voucher(uow, checkout, now)
        _hold(uow, checkout)
        uow.checkouts.save(checkout)
        view = checkout_view(uow, checkout, now, terms)
        uow.commit()
    return view


def _require_voucher(uow: UnitOfWork, checkout: Checkout, at: datetime) -> None:
    customer = customer_of(checkout.owner, checkout.contact)
    if checkout.voucher is not None:
        usable_voucher(uow, checkout.voucher, checkout.items, customer, at)


@retried
def leave_checkout(command: LeaveCheckout, *, begin: Begin) -> None:
    """The pieces are free at once."""
    with begin() as uow:
        checkout = own_checkout(uow.checkouts.get(command.checkout_id), command.shopper)
        checkout.require_open()
        let_go(uow, [checkout])
        uow.commit()


@retried
def forget_checkouts(*, begin: Begin, clock: Clock) -> None:
    """Nobody needs to lift a hold, but names and addresses are not kept for nothing."""
    with begin() as uow:
        uow.checkouts.forget(ended_before=clock.now() - KEPT)
        uow.commit()
