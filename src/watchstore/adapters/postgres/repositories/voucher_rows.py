"""A voucher as a row, and back."""

from typing import Any

from sqlalchemy import Row

from watchstore.domain.identifiers import VoucherCode, VoucherId
from watchstore.domain.money import Currency, Money
from watchstore.domain.vouchers import (
    KINDS,
    AmountOff,
    Benefit,
    FreeDelivery,
    PercentOff,
    Voucher,
)


def voucher_values(voucher: Voucher) -> dict[str, object]:
    benefit = voucher.benefit
    return {
        "id": voucher.id,
        "code": voucher.code.text,
        "kind": KINDS[type(benefit)],
        "percent": benefit.percent if isinstance(benefit, PercentOff) else None,
        "amount": benefit.amount.amount if isinstance(benefit, AmountOff) else None,
        "currency": voucher.currency.code if voucher.currency else None,
        "minimum": None if voucher.minimum is None else voucher.minimum.amount,
        "starts_at": voucher.starts_at,
        "ends_at": voucher.ends_at,
        "uses": voucher.uses,
        "uses_per_customer": voucher.uses_per_customer,
        "closed_at": voucher.closed_at,
    }


def to_voucher(row: Row[Any]) -> Voucher:
    currency = Currency(row.currency) if row.currency else None
    minimum = Money(row.minimum, currency) if currency and row.minimum is not None else None
    return Voucher(
        VoucherId(row.id),
        VoucherCode(row.code),
        _benefit(row),
        row.starts_at,
        row.ends_at,
        currency,
        minimum,
        row.uses,
        row.uses_per_customer,
        row.closed_at,
    )


def _benefit(row: Row[Any]) -> Benefit:
    if row.percent is not None:
        return PercentOff(row.percent)
    if row.amount is not None:
        return AmountOff(Money(row.amount, Currency(row.currency)))
    return FreeDelivery()
