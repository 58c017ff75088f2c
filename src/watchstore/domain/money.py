"""Money: whole minor units of one ISO 4217 currency, 64 bit, one rounding rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, Self

from watchstore.domain.errors import InvalidValue, MixedCurrency

LARGEST: Final = 2**63 - 1

# ISO 4217: how many decimal places a currency's minor unit stands for.
_EXPONENTS: Final = {
    **dict.fromkeys(
        ("AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF"), 2
    ),
    **dict.fromkeys(
        ("ILS", "INR", "MXN", "MYR", "NOK", "NZD", "PLN", "RON", "SAR", "SEK", "SGD", "THB"), 2
    ),
    **dict.fromkeys(("TRY", "TWD", "USD", "ZAR"), 2),
    **dict.fromkeys(("JPY", "KRW", "VND", "CLP"), 0),
    **dict.fromkeys(("BHD", "KWD", "OMR", "TND"), 3),
}
CURRENCIES: Final = tuple(sorted(_EXPONENTS))


@dataclass(frozen=True, slots=True)
class Currency:
    code: str

    @classmethod
    def parse(cls, value: str) -> Self:
        code = value.strip().upper()
        if code not in _EXPONENTS:
            raise InvalidValue("currency", f"{code[:10]!r} is not a currency this shop knows")
        return cls(code)

    @property
    def exponent(self) -> int:
        return _EXPONENTS[self.code]

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` is in minor units (cents); sums of two currencies raise MixedCurrency."""

    amount: int
    currency: Currency

    def __post_init__(self) -> None:
        if not -LARGEST <= self.amount <= LARGEST:
            raise InvalidValue("amount", "is too large")

    @classmethod
    def of(cls, amount: str | Decimal | int, currency: str) -> Self:
        """From major units: `Money.of("23400", "USD")`; refuses more decimals than exist."""
        unit = Currency.parse(currency)
        try:
            minor = Decimal(amount).scaleb(unit.exponent)
        except InvalidOperation:
            raise InvalidValue("amount", f"{str(amount)[:20]!r} is not a number") from None
        if not minor.is_finite() or minor != minor.to_integral_value():
            raise InvalidValue("amount", f"must have at most {unit.exponent} decimals")
        return cls(int(minor), unit)

    @classmethod
    def zero(cls, currency: Currency) -> Self:
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, with the currency's own number of decimals."""
        return Decimal(self.amount).scaleb(-self.currency.exponent)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.amount * count, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return f"{self.decimal:,} {self.currency}"

    def share(self, fraction: Decimal | Fraction) -> "Money":
        """A part of it, rounded half to even: the one rounding rule of the shop."""
        return Money(round(self.amount * Fraction(fraction)), self.currency)

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Split by weights so that the parts add up; the largest remainders get the rest."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise InvalidValue("weights", "must be zero or more, and not all zero")
        parts = [self.amount * weight // total for weight in weights]
        by_remainder = sorted(
            range(len(weights)), key=lambda i: (-(self.amount * weights[i] % total), i)
        )
        for index in by_remainder[: self.amount - sum(parts)]:
            parts[index] += 1
        return tuple(Money(part, self.currency) for part in parts)

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise MixedCurrency(f"{self.currency} and {other.currency} do not add up.")
        return other.amount


def total(amounts: Sequence[Money], currency: Currency) -> Money:
    """The sum of any number of amounts, zero of `currency` for none."""
    return sum(amounts, start=Money.zero(currency))
