"""What an order costs: named policies, values rather than services."""

from collections.abc import Sequence
from dataclasses import dataclass

from watchstore.domain.delivery import Delivery, Zone
from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import VoucherCode
from watchstore.domain.money import Money, total
from watchstore.domain.tax import UNTAXED, Destination, Taxation
from watchstore.domain.vouchers import FreeDelivery, Voucher

__all__ = ["Delivery", "LinePrice", "PriceSheet", "price"]


@dataclass(frozen=True, slots=True)
class LinePrice:
    """One line's part of a sheet: the parts of all lines and of the delivery add up to it."""

    items: Money
    discount: Money
    tax: Money
    total: Money


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """Every amount a buyer must know before paying; `total` is what is charged.

    `discount` is on the items; free delivery shows as a fee of nothing.
    """

    items: Money
    delivery: Money
    discount: Money
    tax: Money
    taxation: Taxation = UNTAXED
    voucher: VoucherCode | None = None

    @classmethod
    def plain(cls, items: Money, delivery: Money) -> "PriceSheet":
        """Without discount and tax."""
        nothing = Money.zero(items.currency)
        return cls(items, delivery, nothing, nothing)

    @property
    def total(self) -> Money:
        due = self.items - self.discount + self.delivery
        return due if self.taxation.included else due + self.tax

    @property
    def net(self) -> Money:
        """What is left to the shop when the tax is paid."""
        return self.total - self.tax

    def over(self, amounts: Sequence[Money]) -> tuple[LinePrice, ...]:
        """What falls to each line, given its items; the delivery bears the rest of the tax."""
        discounts = self.discount.allocate([each.amount for each in amounts])
        due = [each - off for each, off in zip(amounts, discounts, strict=True)]
        taxes = self.tax.allocate([each.amount for each in (*due, self.delivery)])[:-1]
        added = [tax * (not self.taxation.included) for tax in taxes]
        return tuple(
            LinePrice(amount, off, tax, rest + more)
            for amount, off, tax, rest, more in zip(
                amounts, discounts, taxes, due, added, strict=True
            )
        )


def price(
    lines: Sequence[tuple[Money, int]],
    delivery: Delivery,
    *,
    to: Destination | None = None,
    taxation: Taxation = UNTAXED,
    voucher: Voucher | None = None,
) -> PriceSheet:
    """Price (unit price, quantity) lines; raises MixedCurrency unless all share one.

    Whether the voucher may be used is not asked here.
    """
    if not lines:
        raise InvalidValue("lines", "must not be empty")
    currency = lines[0][0].currency
    items = total([unit * quantity for unit, quantity in lines], currency)
    fee = delivery.fee(currency, Zone.of(to.country) if to else Zone.EU)
    discount = Money.zero(currency)
    if voucher is not None:
        discount = voucher.discount(items)
        fee = Money.zero(currency) if isinstance(voucher.benefit, FreeDelivery) else fee
    tax = taxation.of(items - discount + fee)
    return PriceSheet(items, fee, discount, tax, taxation, voucher.code if voucher else None)
