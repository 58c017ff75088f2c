"""What a buyer sees of a checkout, and staff of vouchers."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckoutLineRow:
    """`amount` is the unit price, held with the piece; the rest is the whole line's."""

    offer_id: str
    brand: str
    reference: str
    name: str
    condition: str
    quantity: int
    amount: int
    items_amount: int
    discount_amount: int
    tax_amount: int
    line_amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """`price_changed` since it was put in the cart, or `gone`: not for sale any more."""

    offer_id: str
    change: str
    seen_amount: int
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    delivery: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class CheckoutView:
    """`missing` names what an order still needs. Until there is an address the tax is an
    estimate. A voucher that cannot be used now is kept, and `voucher_refused` says why."""

    id: str
    state: str
    started_at: str
    expires_at: str
    latest: str
    order_number: str | None
    email: str | None
    name: str | None
    phone: str | None
    language: str | None
    address: Mapping[str, str] | None
    delivery: str
    deliveries: tuple[DeliveryRow, ...]
    voucher: str | None
    voucher_refused: str | None
    lines: tuple[CheckoutLineRow, ...]
    items_amount: int
    discount_amount: int
    delivery_amount: int
    tax_amount: int
    tax_country: str | None
    tax_percent: str
    tax_included: bool
    net_amount: int
    amount: int
    currency: str
    missing: tuple[str, ...]
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """`kind` is `percent`, `amount` or `free_delivery`; a limit of None is no limit."""

    code: str
    kind: str
    percent: int | None
    amount: int | None
    currency: str | None
    minimum_amount: int | None
    starts_at: str
    ends_at: str | None
    closed_at: str | None
    uses: int | None
    uses_per_customer: int | None
    used: int
