"""Repositories of what leads to an order: carts, checkouts and vouchers."""

from datetime import datetime
from typing import Protocol

from watchstore.domain.cart import Cart
from watchstore.domain.checkout import Checkout
from watchstore.domain.identifiers import (
    CartId,
    CheckoutId,
    OrderId,
    OrderNumber,
    UserId,
    VoucherCode,
    VoucherId,
)
from watchstore.domain.vouchers import Uses, Voucher


class Carts(Protocol):
    def add(self, cart: Cart) -> None: ...

    def find(self, *, owner: UserId | None = None, secret_hash: str | None = None) -> Cart | None:
        """The cart of an account, else the guest's cart with that secret."""

    def save(self, cart: Cart) -> None: ...

    def remove(self, cart_id: CartId) -> None: ...


class Checkouts(Protocol):
    """`live` ones are those that have not become an order: one for each account and guest."""

    def add(self, checkout: Checkout) -> None: ...

    def get(self, checkout_id: CheckoutId) -> Checkout: ...

    def peek(self, checkout_id: CheckoutId) -> Checkout | None:
        """Read without a lock."""

    def live(self, *, owner: UserId | None, guest_hash: str | None) -> tuple[Checkout, ...]:
        """The account's, and the guest's with that secret, locked in the order of their id."""

    def save(self, checkout: Checkout) -> None: ...

    def ordered(self, checkout_id: CheckoutId, number: OrderNumber) -> None:
        """It has become that order."""

    def remove(self, checkout_id: CheckoutId) -> None: ...

    def forget(self, *, ended_before: datetime) -> int:
        """Remove those that could not be alive any more then; returns how many."""


class Vouchers(Protocol):
    """The lock of a voucher is the last that an order takes: everybody who uses it waits."""

    def add(self, voucher: Voucher) -> None:
        """Raises Duplicate for a taken code."""

    def find(self, code: VoucherCode) -> Voucher | None: ...

    def peek(self, code: VoucherCode) -> Voucher | None:
        """Read without a lock."""

    def save(self, voucher: Voucher) -> None:
        """Whether it is closed may change, its terms may not."""

    def uses(self, voucher_id: VoucherId, customer: str | None) -> Uses:
        """How often it is redeemed now; read without a lock."""

    def redeem(self, voucher: Voucher, order_id: OrderId, customer: str) -> None:
        """Take a free slot of the voucher, and of its uses by this customer; raises
        VoucherRefused when there is none. The caller has found the voucher."""

    def free(self, order_id: OrderId) -> None:
        """The order was cancelled: its slot is free again."""
