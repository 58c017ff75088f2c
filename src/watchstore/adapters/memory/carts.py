"""Carts, one for each account and one for each guest's cookie."""

from watchstore.adapters.memory.one import locked_at, saved
from watchstore.adapters.memory.store import Transaction, UniqueViolation
from watchstore.adapters.memory.tables import CARTS
from watchstore.domain.cart import Cart
from watchstore.domain.identifiers import CartId, UserId
from watchstore.service_layer.ports import ConcurrencyConflict


class MemoryCarts:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, cart: Cart) -> None:
        try:
            self._tx.insert(CARTS, cart.id, cart)
        except UniqueViolation as taken:
            raise ConcurrencyConflict from taken  # a rival made it: begin again and find theirs

    def find(self, *, owner: UserId | None = None, secret_hash: str | None = None) -> Cart | None:
        if owner is not None:
            return locked_at(self._tx, CARTS, "cart_owner_key", owner)
        if secret_hash is not None:
            return locked_at(self._tx, CARTS, "cart_secret_hash_key", secret_hash)
        return None

    def save(self, cart: Cart) -> None:
        try:
            saved(self._tx, CARTS, cart.id, cart)
        except UniqueViolation as taken:
            raise ConcurrencyConflict from taken

    def remove(self, cart_id: CartId) -> None:
        self._tx.delete(CARTS, cart_id)
