"""What is in a cart, at today's prices and availability."""

from watchstore.adapters.memory.plain import Stock
from watchstore.adapters.memory.reading import Reader
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import CARTS, CHECKOUTS, OFFERS
from watchstore.domain.cart import Cart, CartLine
from watchstore.domain.identifiers import HoldId
from watchstore.domain.offer import Offer
from watchstore.domain.watch import Publication, Watch
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.queries import Availability, CartLineRow, CartView

_SOLD_OUT = Stock(0, 0, 0, 0)


class MemoryCartQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def cart(self, shopper: Shopper) -> CartView:
        with self._store.transaction() as tx:
            cart = _find(tx, shopper)
            if cart is None:
                return CartView(0, (), 0, None)
            reader = Reader(self._store, tx)
            own = _own_holds(tx, cart)
            lines = tuple(_row(reader, tx, line, own) for line in cart.lines)
        subtotal = sum(line.amount * line.quantity for line in lines if _can_be_bought(line))
        currency = cart.currency.code if cart.currency else None
        return CartView(cart.version, lines, subtotal, currency)


def _find(tx: Transaction, shopper: Shopper) -> Cart | None:
    at = At("cart_secret_hash_key", shopper.guest_hash)
    if shopper.user_id is not None:
        at = At("cart_owner_key", shopper.user_id)
    found = tx.scan(CARTS, at=at) if at.value is not None else []
    return found[0] if found else None


def _own_holds(tx: Transaction, cart: Cart) -> frozenset[HoldId]:
    """What the buyer's own checkout holds is free for the buyer."""
    keys = {"checkout_live_owner_key": cart.owner, "checkout_live_guest_key": cart.secret_hash}
    return frozenset(
        checkout.hold.id
        for unique, value in keys.items()
        if value is not None
        for checkout in tx.scan(CHECKOUTS, at=At(unique, value))
    )


def _row(reader: Reader, tx: Transaction, line: CartLine, own: frozenset[HoldId]) -> CartLineRow:
    offer = tx.get(OFFERS, line.offer_id)
    if offer is None:
        raise LookupError(line.offer_id)
    watch = reader.watch_of(offer)
    stock = reader.stock(offer.id, own) if _is_for_sale(offer, watch) else _SOLD_OUT
    return CartLineRow(
        str(offer.id),
        watch.slug.text,
        watch.brand,
        watch.reference.printed,
        watch.name,
        offer.condition.value,
        line.quantity,
        offer.price.amount,
        line.price.amount,
        offer.price.currency.code,
        stock.availability.value,
        stock.free,
    )


def _is_for_sale(offer: Offer, watch: Watch) -> bool:
    return offer.is_open and watch.publication is Publication.PUBLISHED


def _can_be_bought(line: CartLineRow) -> bool:
    return line.availability == Availability.IN_STOCK
