"""The end of a checkout: what it holds becomes an order, and leaves the cart."""

from dataclasses import replace

from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import OrderCheckout, PlaceOrder, Shopper, Wanted
from watchstore.service_layer.holding import own_checkout
from watchstore.service_layer.ordering import place
from watchstore.service_layer.ports import Begin, Clock, Entropy, PaymentGateway, UnitOfWork
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.shopping import cart_of


def order_checkout(
    command: OrderCheckout,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> Receipt:
    """Buy what is held, at the prices that are held; what was bought leaves the cart.

    Raises CheckoutIncomplete, and whatever placing an order does: HoldExpired unless every
    piece is held still.
    """
    receipt = place(
        command.key,
        lambda uow: _order_of(uow, command, terms),
        begin=begin,
        gateway=gateway,
        clock=clock,
        entropy=entropy,
        terms=terms,
    )
    _settle(command, begin=begin, clock=clock)
    return receipt


def _order_of(uow: UnitOfWork, command: OrderCheckout, terms: Terms) -> PlaceOrder:
    checkout = own_checkout(uow.checkouts.get(command.checkout_id), command.shopper)
    checkout.require_open()
    contact = checkout.require_complete(terms)
    buyer = command.shopper.user_id  # a guest may have signed in meanwhile
    return PlaceOrder(
        tuple(Wanted(line.offer_id, line.quantity) for line in checkout.lines),
        contact,
        checkout.address,
        command.card,
        checkout.delivery,
        Shopper(buyer, None if buyer else checkout.guest_hash),
        voucher=checkout.voucher,
        checkout_id=checkout.id,
        prices={line.offer_id: line.price for line in checkout.lines},
        expected_total=command.expected_total,
        key=command.key,
        hold_id=checkout.hold.id,
    )


@retried
def _settle(command: OrderCheckout, *, begin: Begin, clock: Clock) -> None:
    """Once only: what the buyer puts into the cart later stays there."""
    with begin() as uow:
        cart = cart_of(uow, command.shopper)
        checkout = uow.checkouts.get(command.checkout_id)
        if checkout.settled or checkout.order_number is None:
            return
        if cart is not None and (rest := cart.take_out(checkout.wanted, clock.now())) is not cart:
            uow.carts.save(rest)
        uow.checkouts.save(replace(checkout, settled=True))
        uow.commit()
