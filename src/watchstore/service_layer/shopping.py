"""The cart: put, change and remove lines, for an account or for a guest."""

from collections.abc import Callable

from watchstore.domain.cart import Cart, CartLine
from watchstore.domain.errors import InvalidValue, NotForSale, StaleVersion
from watchstore.domain.identifiers import CartId
from watchstore.service_layer.commands import PutCartLine, RemoveCartLine, Shopper
from watchstore.service_layer.ports import Begin, Clock, Entropy, UnitOfWork
from watchstore.service_layer.retrying import retried


@retried
def put_cart_line(command: PutCartLine, *, begin: Begin, clock: Clock, entropy: Entropy) -> Cart:
    """Set how many of an offer are in the cart, at today's price."""
    with begin() as uow:
        sale = uow.offers.for_sale([command.offer_id]).get(command.offer_id)
        if sale is None:
            raise NotForSale("This is not for sale.", offer_id=str(command.offer_id))
        cart = cart_of(uow, command.shopper) or _new_cart(uow, command.shopper, clock, entropy)
        line = CartLine(command.offer_id, command.quantity, sale.offer.price)
        changed = _change(uow, cart, command.version, lambda: cart.put(line, clock.now()))
        uow.commit()
    return changed


@retried
def remove_cart_line(command: RemoveCartLine, *, begin: Begin, clock: Clock) -> Cart | None:
    """Take an offer out of the cart; without a cart there is nothing to do."""
    with begin() as uow:
        cart = cart_of(uow, command.shopper)
        if cart is None:
            return None
        changed = _change(
            uow, cart, command.version, lambda: cart.remove(command.offer_id, clock.now())
        )
        uow.commit()
    return changed


def cart_of(uow: UnitOfWork, shopper: Shopper) -> Cart | None:
    if shopper.user_id is not None:
        return uow.carts.find(owner=shopper.user_id)
    if shopper.guest_hash is not None:
        return uow.carts.find(secret_hash=shopper.guest_hash)
    raise InvalidValue("shopper", "needs an account or a cart cookie")


def _new_cart(uow: UnitOfWork, shopper: Shopper, clock: Clock, entropy: Entropy) -> Cart:
    guest_hash = shopper.guest_hash if shopper.user_id is None else None
    cart = Cart(CartId(entropy.new_id()), clock.now(), shopper.user_id, guest_hash)
    uow.carts.add(cart)
    return cart


def _change(uow: UnitOfWork, cart: Cart, version: int | None, change: Callable[[], Cart]) -> Cart:
    if version not in (None, cart.version):
        raise StaleVersion("The cart was changed elsewhere.", version=cart.version)
    changed = change()
    if changed is not cart:
        uow.carts.save(changed)
    return changed
