"""Carts. The lines are a document in the cart's row: whoever locks the cart reads them as they
are; rows of their own would be read as they were before the wait."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update

from watchstore.adapters.postgres.errors import ConstraintViolated
from watchstore.adapters.postgres.schema import carts
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.cart import Cart, CartLine
from watchstore.domain.identifiers import CartId, OfferId, UserId
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import ConcurrencyConflict

_ADD = insert(carts)
_LOCKED = select(carts).with_for_update(key_share=True)
_OF_OWNER = _LOCKED.where(carts.c.owner == bindparam("owner"))
_OF_GUEST = _LOCKED.where(carts.c.secret_hash == bindparam("secret_hash"))
_SAVE = update(carts).where(carts.c.id == bindparam("cart_id"))
_REMOVE = delete(carts).where(carts.c.id == bindparam("cart_id"))
_UNIQUE = {"carts_pkey", "carts_owner_key", "carts_secret_hash_key"}


def _values(cart: Cart) -> dict[str, object]:
    return {
        "owner": cart.owner,
        "secret_hash": cart.secret_hash,
        "currency": cart.currency.code if cart.currency else None,
        "lines": [
            {
                "offer_id": str(line.offer_id),
                "quantity": line.quantity,
                "amount": line.price.amount,
            }
            for line in cart.lines
        ],
        "changed_at": cart.changed_at,
        "version": cart.version,
    }


def _to_cart(row: Row[Any]) -> Cart:
    lines = tuple(
        CartLine(
            OfferId(UUID(line["offer_id"])),
            line["quantity"],
            Money(line["amount"], Currency(row.currency)),
        )
        for line in row.lines
    )
    owner = UserId(row.owner) if row.owner else None
    return Cart(CartId(row.id), row.changed_at, owner, row.secret_hash, lines, row.version)


class PostgresCarts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, cart: Cart) -> None:
        self._write(_ADD, {"id": cart.id, **_values(cart)})

    def find(self, *, owner: UserId | None = None, secret_hash: str | None = None) -> Cart | None:
        if owner is not None:
            row = self._transaction.execute(_OF_OWNER, {"owner": owner}).first()
        else:
            row = self._transaction.execute(_OF_GUEST, {"secret_hash": secret_hash}).first()
        return _to_cart(row) if row else None

    def save(self, cart: Cart) -> None:
        self._write(_SAVE, {"cart_id": cart.id, **_values(cart)})

    def remove(self, cart_id: CartId) -> None:
        self._transaction.execute(_REMOVE, {"cart_id": cart_id})

    def _write(self, statement: Any, values: dict[str, object]) -> None:
        try:
            self._transaction.execute(statement, values)
        except ConstraintViolated as violation:
            if violation.constraint in _UNIQUE:  # a rival made the buyer's cart just now
                raise ConcurrencyConflict("Another cart came first.") from violation
            raise
