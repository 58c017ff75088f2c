"""What a buyer asks about a cart and about orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from watchstore.domain.identifiers import Email, OrderNumber, UserId
from watchstore.service_layer.commands import Shopper


@dataclass(frozen=True, slots=True)
class CartLineRow:
    """`amount` is today's unit price, `seen_amount` the one at which it was put in."""

    offer_id: str
    slug: str
    brand: str
    reference: str
    name: str
    condition: str
    quantity: int
    amount: int
    seen_amount: int
    currency: str
    availability: str
    free: int


@dataclass(frozen=True, slots=True)
class CartView:
    """`subtotal` counts what can still be bought."""

    version: int
    lines: tuple[CartLineRow, ...]
    subtotal: int
    currency: str | None


class CartQueries(Protocol):
    def cart(self, shopper: Shopper) -> CartView:
        """An empty view, version 0, when there is no cart."""


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """`slug` is where the watch is shown, if it still is. `returnable` counts pieces that were
    sent, and neither come back nor are paid back; `left_out` those that never will be sent."""

    offer_id: str
    slug: str | None
    brand: str
    reference: str
    name: str
    condition: str
    quantity: int
    amount: int
    currency: str
    returnable: int
    left_out: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    at: str
    state: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """`pieces` counts what is in it."""

    carrier: str
    tracking: str
    pieces: int


@dataclass(frozen=True, slots=True)
class ReturnRow:
    id: str
    state: str
    requested_at: str
    pieces: int
    reason: str
    note: str
    restocked: bool | None


@dataclass(frozen=True, slots=True)
class RefundRow:
    """`pieces` counts the pieces it pays back; none for an amount that belongs to none."""

    id: str
    state: str
    asked_at: str
    refunded_amount: int
    currency: str
    pieces: int
    reason: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """An invoice or a credit note of the order."""

    kind: str
    number: str
    issued_at: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """`carrier` and `tracking` are those of the latest parcel; `return_until` is told once it
    was delivered."""

    number: str
    state: str
    payment: str
    placed_at: str
    email: str
    name: str
    phone: str
    language: str
    address: Mapping[str, str] | None
    delivery: str
    items_amount: int
    discount_amount: int
    delivery_amount: int
    tax_amount: int
    tax_country: str | None
    tax_percent: str
    tax_included: bool
    voucher: str | None
    amount: int
    currency: str
    lines: tuple[OrderLineRow, ...]
    carrier: str | None
    tracking: str | None
    return_until: str | None
    timeline: tuple[EntryRow, ...]
    refunded_amount: int
    refunds: tuple[RefundRow, ...]
    parcels: tuple[ParcelRow, ...]
    returns: tuple[ReturnRow, ...]
    documents: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class OrderCard:
    number: str
    state: str
    placed_at: str
    email: str
    amount: int
    currency: str
    pieces: int


@dataclass(frozen=True, slots=True)
class OrderPage:
    items: tuple[OrderCard, ...]
    next: str | None
    total: int


class OrderQueries(Protocol):
    def order(self, number: OrderNumber, shopper: Shopper | None) -> OrderView | None:
        """None also for somebody else's order; a `shopper` of None stands for staff."""

    def tracked(self, number: OrderNumber, email: Email) -> OrderView | None:
        """The order with that number, if it was placed with that address."""

    def orders(
        self,
        *,
        buyer: UserId | None = None,
        state: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> OrderPage:
        """Newest first: one buyer's, or everybody's."""
