"""Checkouts and vouchers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypedDict

from watchstore.domain.address import Address, Contact
from watchstore.domain.delivery import Delivery
from watchstore.domain.identifiers import CheckoutId, VoucherCode
from watchstore.domain.money import Currency, Money
from watchstore.domain.vouchers import UNLIMITED, Benefit
from watchstore.service_layer.commands.buying import Shopper
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class StartCheckout:
    """Hold what is in the shopper's cart. `origin` is the caller's network address."""

    shopper: Shopper
    key: RequestKey | None = None
    origin: str = "local"


class CheckoutChanges(TypedDict, total=False):
    """What is left out stays as it is; None takes it away."""

    contact: Contact | None
    address: Address | None
    delivery: Delivery
    voucher: VoucherCode | None


@dataclass(frozen=True, slots=True)
class ChangeCheckout:
    """Any part of it, or none: a sign of life."""

    checkout_id: CheckoutId
    shopper: Shopper
    changes: CheckoutChanges = field(default_factory=CheckoutChanges)
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class Supposing:
    """What a buyer asks the price of before saying it."""

    country: str | None = None
    delivery: Delivery | None = None


NOTHING: Final = Supposing()


@dataclass(frozen=True, slots=True)
class LeaveCheckout:
    checkout_id: CheckoutId
    shopper: Shopper


@dataclass(frozen=True, slots=True)
class OrderCheckout:
    """`card` is a gateway's token; `expected_total` is what the buyer was shown."""

    checkout_id: CheckoutId
    shopper: Shopper
    card: str
    expected_total: Money | None = None
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class CreateVoucher:
    """Valid from now on unless it says from when."""

    code: VoucherCode
    benefit: Benefit
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    currency: Currency | None = None
    minimum: Money | None = None
    uses: int = UNLIMITED
    uses_per_customer: int = UNLIMITED
    key: RequestKey | None = None
