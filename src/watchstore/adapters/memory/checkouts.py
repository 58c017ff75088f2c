"""Checkouts: one live one for each account, and for each guest's cookie."""

from dataclasses import replace
from datetime import datetime

from watchstore.adapters.memory.one import locked, locked_at, saved
from watchstore.adapters.memory.store import Transaction, UniqueViolation
from watchstore.adapters.memory.tables import CHECKOUTS
from watchstore.domain.checkout import Checkout
from watchstore.domain.identifiers import CheckoutId, OrderNumber, UserId
from watchstore.service_layer.ports import ConcurrencyConflict


class MemoryCheckouts:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, checkout: Checkout) -> None:
        try:
            self._tx.insert(CHECKOUTS, checkout.id, checkout)
        except UniqueViolation as taken:
            raise ConcurrencyConflict from taken  # a rival made it: begin again and replace theirs

    def get(self, checkout_id: CheckoutId) -> Checkout:
        return locked(self._tx, CHECKOUTS, checkout_id)

    def peek(self, checkout_id: CheckoutId) -> Checkout | None:
        return self._tx.get(CHECKOUTS, checkout_id)

    def live(self, *, owner: UserId | None, guest_hash: str | None) -> tuple[Checkout, ...]:
        keys = {"checkout_live_owner_key": owner, "checkout_live_guest_key": guest_hash}
        found = (
            locked_at(self._tx, CHECKOUTS, unique, value)
            for unique, value in keys.items()
            if value is not None
        )
        return tuple(sorted((each for each in found if each), key=lambda each: each.id))

    def save(self, checkout: Checkout) -> None:
        saved(self._tx, CHECKOUTS, checkout.id, checkout)

    def ordered(self, checkout_id: CheckoutId, number: OrderNumber) -> None:
        self.save(replace(self.get(checkout_id), order_number=number))

    def forget(self, *, ended_before: datetime) -> int:
        old = self._tx.lock_where(CHECKOUTS, lambda row: row.latest < ended_before)
        for checkout in old:
            self.remove(checkout.id)
        return len(old)

    def remove(self, checkout_id: CheckoutId) -> None:
        self._tx.delete(CHECKOUTS, checkout_id)
