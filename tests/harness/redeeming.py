"""Many buyers with one voucher, all at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from tests.harness.language import CONTACT, a_voucher, an_offer, order_of
from tests.harness.racing import race
from tests.harness.shop import House

from watchstore.domain import Email, OfferId, VoucherCode
from watchstore.service_layer.answers import Receipt

BUYERS: Final = 50
USES: Final = 5


def buyers(
    house: House, code: VoucherCode, offer: OfferId, count: int = BUYERS
) -> list[Callable[[], Receipt]]:
    """So many guests who buy one piece each with the voucher."""
    return [
        partial(
            house.rival.place_order,
            order_of(
                (offer, 1), voucher=code, contact=replace(CONTACT, email=Email(f"{n}@example.com"))
            ),
        )
        for n in range(count)
    ]


def redeemed(house: House, code: VoucherCode) -> int:
    return next(row.used for row in house.shop.office.vouchers() if row.code == code.text)


def race_for_a_voucher(house: House, number: int) -> tuple[VoucherCode, list[Receipt | Exception]]:
    code = a_voucher(house, f"RACE-{number}", uses=USES)
    outcomes = race(buyers(house, code, an_offer(house, pieces=BUYERS)))
    return code, outcomes
