"""Invoices and credit notes: what was sold and paid, frozen on the day it is written down."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from watchstore.domain.address import Address
from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import Email, OrderId, OrderNumber, RefundId
from watchstore.domain.language import Language
from watchstore.domain.money import Money, total
from watchstore.domain.offer import Condition

_NUMBER = re.compile(r"(C?)([0-9]{4})-([0-9]{6,9})", re.ASCII)


class PaperKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """`2026-000123`, of a credit note `C2026-000045`: counted by kind and year, without a gap."""

    kind: PaperKind
    year: int
    sequence: int

    def __post_init__(self) -> None:
        if self.sequence < 1 or not 1000 <= self.year <= 9999:
            raise InvalidValue("number", "must be counted from 1 in a year of four digits")

    @classmethod
    def parse(cls, value: str) -> "PaperNumber":
        found = _NUMBER.fullmatch(value)
        if found is None:
            raise InvalidValue("number", "must look like 2026-000123 or C2026-000045")
        kind = PaperKind.CREDIT_NOTE if found[1] else PaperKind.INVOICE
        return cls(kind, int(found[2]), int(found[3]))

    @property
    def text(self) -> str:
        letter = "C" if self.kind is PaperKind.CREDIT_NOTE else ""
        return f"{letter}{self.year}-{self.sequence:06}"

    def __str__(self) -> str:
        return self.text


def year_of(at: datetime) -> int:
    """The year that a paper is counted in: the shop keeps its books in UTC."""
    return at.astimezone(UTC).year


@dataclass(frozen=True, slots=True)
class Seller:
    """Who the shop is, by law."""

    name: str = "Watchstore"
    address: tuple[str, ...] = ("Beispielstraße 1", "10115 Berlin", "Germany")
    tax_id: str = "DE000000000"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Without an address the watches were picked up."""

    name: str
    email: Email
    address: Address | None


class LineKind(StrEnum):
    WATCH = "watch"
    DELIVERY = "delivery"
    AMOUNT = "amount"  # belongs to no piece, or is a part of their price


@dataclass(frozen=True, slots=True)
class PaperLine:
    """`what` is the watch, the way of delivery, or why an amount was paid back.

    `total` is what is paid, with the `tax` in it; `unit_price` is as it was shown.
    """

    kind: LineKind
    what: str
    quantity: int
    unit_price: Money
    discount: Money
    percent: Decimal
    tax: Money
    total: Money
    reference: str = ""
    condition: Condition | None = None

    @property
    def net(self) -> Money:
        return self.total - self.tax


@dataclass(frozen=True, slots=True)
class RateSum:
    """What was sold at one rate of tax."""

    percent: Decimal
    net: Money
    tax: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice; or a credit note, which names its `refund_id` and the `invoice` it corrects."""

    number: PaperNumber
    order_id: OrderId
    order_number: OrderNumber
    ordered_at: datetime
    issued_at: datetime
    language: Language
    seller: Seller
    recipient: Recipient
    lines: tuple[PaperLine, ...]
    tax_country: str | None
    tax_included: bool
    refund_id: RefundId | None = None
    invoice: PaperNumber | None = None

    def __post_init__(self) -> None:
        if not self.lines:
            raise InvalidValue("lines", "must not be empty")
        if self.number.year != year_of(self.issued_at):
            raise InvalidValue("number", "must be of the year of issue")
        if (self.number.kind is PaperKind.CREDIT_NOTE) != (self.refund_id is not None):
            raise InvalidValue("refund_id", "belongs to a credit note, and to nothing else")

    @property
    def total(self) -> Money:
        return total([line.total for line in self.lines], self.lines[0].total.currency)

    @property
    def discount(self) -> Money:
        return total([line.discount for line in self.lines], self.total.currency)

    @property
    def rates(self) -> tuple[RateSum, ...]:
        """Net, tax and gross by rate, the highest first."""
        currency = self.total.currency
        return tuple(
            RateSum(
                percent,
                total([line.net for line in same], currency),
                total([line.tax for line in same], currency),
                total([line.total for line in same], currency),
            )
            for percent in sorted({line.percent for line in self.lines}, reverse=True)
            for same in [[line for line in self.lines if line.percent == percent]]
        )
