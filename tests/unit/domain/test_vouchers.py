"""What a voucher takes off, and when it takes nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from watchstore.domain import (
    AmountOff,
    Currency,
    Delivery,
    FreeDelivery,
    Money,
    PercentOff,
    Voucher,
    VoucherCode,
    VoucherId,
    price,
)
from watchstore.domain.errors import IllegalTransition, InvalidValue, VoucherRefused
from watchstore.domain.vouchers import Uses

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
EUR, USD = Currency("EUR"), Currency("USD")
ITEMS = Money(100_000, EUR)
TEN = Voucher(VoucherId(UUID(int=1)), VoucherCode("TEN"), PercentOff(10), NOW)


def why(voucher: Voucher, items: Money = ITEMS, at: datetime = NOW) -> object:
    with pytest.raises(VoucherRefused) as refusal:
        voucher.require_good_for(items, at)
    return refusal.value.details["reason"]


def test_benefits():
    assert TEN.discount(ITEMS) == Money(10_000, EUR)
    fifty = replace(TEN, benefit=AmountOff(Money(5_000, EUR)), currency=EUR)
    assert fifty.discount(ITEMS) == Money(5_000, EUR)
    assert replace(TEN, benefit=FreeDelivery()).discount(ITEMS) == Money(0, EUR)


def test_free_delivery_is_a_fee_of_nothing():
    free = replace(TEN, benefit=FreeDelivery())
    sheet = price([(ITEMS, 1)], Delivery.EXPRESS, voucher=free)
    assert (sheet.delivery, sheet.discount, sheet.voucher) == (
        Money(0, EUR),
        Money(0, EUR),
        TEN.code,
    )


def test_something_is_always_left_to_pay():
    much = replace(TEN, benefit=AmountOff(Money(5_000, EUR)), currency=EUR)
    assert much.discount(Money(5_000, EUR)) == Money(4_999, EUR)
    assert replace(TEN, benefit=PercentOff(99)).discount(Money(1, EUR)) == Money(0, EUR)


def test_reasons_of_a_refusal():
    assert why(TEN, at=NOW - timedelta(microseconds=1)) == "not_yet_valid"
    ends = replace(TEN, ends_at=NOW + timedelta(days=1))
    ends.require_good_for(ITEMS, NOW)
    assert why(ends, at=NOW + timedelta(days=1)) == "expired"
    assert why(TEN.close(NOW)) == "expired"
    assert why(replace(TEN, currency=USD)) == "currency"
    least = replace(TEN, currency=EUR, minimum=Money(100_001, EUR))
    assert why(least) == "minimum"
    least.require_good_for(Money(100_001, EUR), NOW)


def test_limits():
    once_each = replace(TEN, uses=5, uses_per_customer=1)
    once_each.require_left(Uses(4, 0))
    for uses, reason in ((Uses(5, 0), "used_up"), (Uses(4, 1), "used_by_you")):
        with pytest.raises(VoucherRefused) as refusal:
            once_each.require_left(uses)
        assert refusal.value.details == {"reason": reason, "voucher": "TEN"}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("ends_at", {"ends_at": NOW}),
        ("currency", {"benefit": AmountOff(Money(1, EUR))}),
        ("currency", {"minimum": Money(1, EUR), "currency": USD}),
        ("uses", {"uses": 0}),
        ("uses_per_customer", {"uses_per_customer": 0}),
    ],
)
def test_vouchers_that_cannot_be(field, wrong):
    with pytest.raises(InvalidValue) as refusal:
        replace(TEN, **wrong)
    assert refusal.value.field == field


@pytest.mark.parametrize("percent", [0, 100])
def test_nothing_and_everything_are_no_discounts(percent):
    with pytest.raises(InvalidValue):
        PercentOff(percent)
    with pytest.raises(InvalidValue):
        AmountOff(Money(0, EUR))


def test_a_voucher_is_closed_once():
    with pytest.raises(IllegalTransition):
        TEN.close(NOW).close(NOW)


def test_codes_are_read_in_any_case():
    assert VoucherCode.parse(" spring-26 ").text == str(VoucherCode("SPRING-26"))
    for wrong in ("", "AB", "A B C", "Ä10", "-ABC", "A" * 33):
        with pytest.raises(InvalidValue):
            VoucherCode.parse(wrong)
