"""Carts, holds and orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from watchstore.domain.address import Address, Contact
from watchstore.domain.identifiers import (
    CheckoutId,
    HoldId,
    OfferId,
    UserId,
    VoucherCode,
)
from watchstore.domain.money import Money
from watchstore.domain.pricing import Delivery
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class Wanted:
    offer_id: OfferId
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Shopper:
    """Whose cart: an account's, or a guest's by the hash of the cart cookie's secret."""

    user_id: UserId | None = None
    guest_hash: str | None = None


@dataclass(frozen=True, slots=True)
class HoldPieces:
    """Keep pieces for one buyer for a while; an order made with `hold_id` takes them."""

    hold_id: HoldId
    wanted: tuple[Wanted, ...]
    lasting: timedelta


@dataclass(frozen=True, slots=True)
class PutCartLine:
    shopper: Shopper
    offer_id: OfferId
    quantity: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveCartLine:
    shopper: Shopper
    offer_id: OfferId
    version: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """`card` is a gateway's token; `expected_total` is what the buyer was shown.

    One-shot at today's prices, or of a checkout at the `prices` that it holds.
    """

    wanted: tuple[Wanted, ...]
    contact: Contact
    address: Address | None
    card: str
    delivery: Delivery = Delivery.STANDARD
    shopper: Shopper = field(default_factory=Shopper)
    voucher: VoucherCode | None = None
    checkout_id: CheckoutId | None = None
    prices: Mapping[OfferId, Money] = field(default_factory=dict)
    expected_total: Money | None = None
    key: RequestKey | None = None
    hold_id: HoldId | None = None
