"""What an order costs: named policies, values rather than services."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.domain.money import Currency, Money, total


class Delivery(StrEnum):
    """How a parcel travels. All of them are insured for the full price."""

    STANDARD = "standard"
    EXPRESS = "express"
    PICK_UP = "pick_up"

    @classmethod
    def parse(cls, value: str) -> "Delivery":
        try:
            return cls(value)
        except ValueError:
            known = ", ".join(cls)
            raise InvalidValue("delivery", f"must be one of {known}") from None

    def fee(self, currency: Currency) -> Money:
        """Express costs a flat fee, in the currencies that have one; the rest is on us."""
        if self is not Delivery.EXPRESS:
            return Money.zero(currency)
        if currency.code not in _EXPRESS_FEES:
            raise InvalidValue("delivery", f"express is not offered in {currency}")
        return Money.of(_EXPRESS_FEES[currency.code], currency.code)


_EXPRESS_FEES: Final = {"USD": 45, "EUR": 40, "GBP": 35, "CHF": 40}


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """Every amount a buyer must know before paying; `total` is what is charged."""

    items: Money
    delivery: Money

    @property
    def total(self) -> Money:
        return self.items + self.delivery


def price(lines: Sequence[tuple[Money, int]], delivery: Delivery) -> PriceSheet:
    """Price (unit price, quantity) lines; raises MixedCurrency unless all share one."""
    if not lines:
        raise InvalidValue("lines", "must not be empty")
    currency = lines[0][0].currency
    items = total([unit * quantity for unit, quantity in lines], currency)
    return PriceSheet(items, delivery.fee(currency))
