"""Vouchers: what they take off, for whom, and until when. Once made, the terms of one are fixed."""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Final

from watchstore.domain.errors import IllegalTransition, InvalidValue, VoucherRefused
from watchstore.domain.identifiers import VoucherCode, VoucherId
from watchstore.domain.money import Currency, Money

UNLIMITED: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PercentOff:
    percent: int

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 99:
            raise InvalidValue("percent", "must be between 1 and 99")

    def off(self, items: Money) -> Money:
        return items.share(Fraction(self.percent, 100))


@dataclass(frozen=True, slots=True)
class AmountOff:
    amount: Money

    def __post_init__(self) -> None:
        if self.amount.amount <= 0:
            raise InvalidValue("amount", "must be more than zero")

    def off(self, items: Money) -> Money:
        return min(self.amount, items)


@dataclass(frozen=True, slots=True)
class FreeDelivery:
    def off(self, items: Money) -> Money:
        return Money.zero(items.currency)


Benefit = PercentOff | AmountOff | FreeDelivery
KINDS: Final = {PercentOff: "percent", AmountOff: "amount", FreeDelivery: "free_delivery"}


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a voucher was redeemed: by everybody, and by the customer who asks."""

    total: int = 0
    own: int = 0


@dataclass(frozen=True, slots=True)
class Voucher:
    """Amounts need a `currency`; without one the voucher is good for a cart in any."""

    id: VoucherId
    code: VoucherCode
    benefit: Benefit
    starts_at: datetime
    ends_at: datetime | None = None
    currency: Currency | None = None
    minimum: Money | None = None
    uses: int = UNLIMITED
    uses_per_customer: int = UNLIMITED
    closed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise InvalidValue("ends_at", "must be after the start")
        amounts = [] if self.minimum is None else [self.minimum]
        if isinstance(self.benefit, AmountOff):
            amounts.append(self.benefit.amount)
        if any(amount.currency != self.currency for amount in amounts):
            raise InvalidValue("currency", "must be that of the amounts")
        for name in ("uses", "uses_per_customer"):
            if not 1 <= getattr(self, name) <= UNLIMITED:
                raise InvalidValue(name, "must be at least 1")

    def discount(self, items: Money) -> Money:
        """Never all of it: a gateway takes no payment of nothing."""
        return min(self.benefit.off(items), items - Money(1, items.currency))

    @property
    def terms(self) -> tuple[object, ...]:
        """All but whether it is closed."""
        return (
            self.code,
            self.benefit,
            (self.starts_at, self.ends_at),
            (self.currency, self.minimum),
            (self.uses, self.uses_per_customer),
        )

    def require_good_for(self, items: Money, at: datetime) -> None:
        """Raises VoucherRefused, with the reason, unless it can be used for these items."""
        self._refuse(self._why_not_for(items, at))

    def require_left(self, uses: Uses) -> None:
        """Raises VoucherRefused when it has been used as often as it may."""
        self._refuse(self._why_none_left(uses))

    def close(self, at: datetime) -> "Voucher":
        if self.closed_at is not None:
            raise IllegalTransition("The voucher is closed already.")
        return replace(self, closed_at=at)

    def _why_not_for(self, items: Money, at: datetime) -> tuple[str, str] | None:
        if at < self.starts_at:
            return "not_yet_valid", "This voucher is not valid yet."
        if self.closed_at is not None or (self.ends_at is not None and at >= self.ends_at):
            return "expired", "This voucher is not valid any more."
        if self.currency not in (None, items.currency):
            return "currency", f"This voucher is for purchases in {self.currency}."
        if self.minimum is not None and items < self.minimum:
            return "minimum", f"This voucher needs a purchase of {self.minimum}."
        return None

    def _why_none_left(self, uses: Uses) -> tuple[str, str] | None:
        if uses.total >= self.uses:
            return "used_up", "This voucher has been used up."
        if uses.own >= self.uses_per_customer:
            return "used_by_you", "You have used this voucher already."
        return None

    def _refuse(self, why: tuple[str, str] | None) -> None:
        if why is not None:
            reason, text = why
            raise VoucherRefused(text, reason=reason, voucher=self.code.text)
