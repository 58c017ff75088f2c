"""How a parcel travels, to which zone, and what that costs."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.domain.money import Currency, Money
from watchstore.domain.tax import EU


class Zone(StrEnum):
    EU = "eu"
    EUROPE = "europe"
    WORLD = "world"

    @classmethod
    def of(cls, country: str) -> "Zone":
        if country in EU:
            return cls.EU
        return cls.EUROPE if country in _NEAR else cls.WORLD


class Delivery(StrEnum):
    STANDARD = "standard"
    INSURED = "insured"  # for the full price
    SIGNATURE = "signature"  # insured, and handed over to nobody but the addressee
    EXPRESS = "express"
    PICK_UP = "pick_up"

    @classmethod
    def parse(cls, value: str) -> "Delivery":
        try:
            return cls(value)
        except ValueError:
            known = ", ".join(cls)
            raise InvalidValue("delivery", f"must be one of {known}") from None

    def fee(self, currency: Currency, zone: Zone = Zone.EU) -> Money:
        """A flat fee, in the currencies that have one; what costs nothing is on us."""
        if self not in _FEES:
            return Money.zero(currency)
        if zone not in _FEES[self] or currency.code not in _FEES[self][zone]:
            raise InvalidValue("delivery", f"{self} is not offered there in {currency}")
        return Money.of(_FEES[self][zone][currency.code], currency.code)

    def is_offered(self, currency: Currency, zone: Zone) -> bool:
        try:
            self.fee(currency, zone)
        except InvalidValue:
            return False
        return True


_NEAR: Final = frozenset({"AD", "CH", "GB", "GG", "IM", "IS", "JE", "LI", "MC", "NO", "SM", "VA"})
_FEES: Final[Mapping[Delivery, Mapping[Zone, Mapping[str, int]]]] = {
    Delivery.INSURED: {
        Zone.EU: {"USD": 17, "EUR": 15, "GBP": 13, "CHF": 15},
        Zone.EUROPE: {"USD": 23, "EUR": 20, "GBP": 17, "CHF": 20},
        Zone.WORLD: {"USD": 40, "EUR": 35, "GBP": 30, "CHF": 35},
    },
    Delivery.SIGNATURE: {
        Zone.EU: {"USD": 28, "EUR": 25, "GBP": 22, "CHF": 25},
        Zone.EUROPE: {"USD": 34, "EUR": 30, "GBP": 26, "CHF": 30},
    },
    Delivery.EXPRESS: {
        Zone.EU: {"USD": 45, "EUR": 40, "GBP": 35, "CHF": 40},
        Zone.EUROPE: {"USD": 45, "EUR": 40, "GBP": 35, "CHF": 40},
        Zone.WORLD: {"USD": 90, "EUR": 80, "GBP": 70, "CHF": 80},
    },
}


def offered(currency: Currency, zone: Zone) -> tuple[tuple[Delivery, Money], ...]:
    """Every way to get it there, with its fee."""
    return tuple(
        (each, each.fee(currency, zone)) for each in Delivery if each.is_offered(currency, zone)
    )
