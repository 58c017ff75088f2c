"""Vouchers in every storage: limits that hold whoever redeems at once."""

from collections import Counter
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from tests.harness.language import a_voucher, an_offer, buy, cancel, order_of
from tests.harness.racing import answers, errors, race
from tests.harness.records import NOW, an_order, put_offer
from tests.harness.redeeming import BUYERS, USES, buyers, race_for_a_voucher, redeemed

from watchstore.adapters.memory.store import UniqueViolation
from watchstore.adapters.postgres.errors import ConstraintViolated
from watchstore.domain import PercentOff, Voucher, VoucherCode, VoucherId
from watchstore.domain.errors import Duplicate, VoucherRefused
from watchstore.domain.vouchers import Uses

REPETITIONS = 20


def new_voucher(**more):
    code = VoucherCode(uuid4().hex[:12].upper())
    return replace(Voucher(VoucherId(uuid4()), code, PercentOff(10), NOW), **more)


def put_order(uow):
    order = an_order(put_offer(uow))
    uow.orders.add(order)
    return order.id


@pytest.fixture
def uow(storage):
    with storage.begin() as uow:
        yield uow


class TestRedeeming:
    def test_takes_slots_until_there_are_none(self, uow):
        voucher = new_voucher(uses=2)
        uow.vouchers.add(voucher)
        for customer in ("ada", "bob"):
            uow.vouchers.redeem(voucher, put_order(uow), customer)
        assert uow.vouchers.uses(voucher.id, "ada") == Uses(2, 1)
        assert uow.vouchers.uses(voucher.id, None) == Uses(2, 0)
        with pytest.raises(VoucherRefused) as refusal:
            uow.vouchers.redeem(voucher, put_order(uow), "cyd")
        assert refusal.value.details["reason"] == "used_up"

    def test_takes_a_customers_turns_until_there_are_none(self, uow):
        voucher = new_voucher(uses_per_customer=2)
        uow.vouchers.add(voucher)
        for _ in range(2):
            uow.vouchers.redeem(voucher, put_order(uow), "ada")
        with pytest.raises(VoucherRefused) as refusal:
            uow.vouchers.redeem(voucher, put_order(uow), "ada")
        assert refusal.value.details["reason"] == "used_by_you"
        uow.vouchers.redeem(voucher, put_order(uow), "bob")

    def test_takes_what_became_free_again(self, uow):
        voucher = new_voucher(uses=3, uses_per_customer=3)
        uow.vouchers.add(voucher)
        orders = [put_order(uow) for _ in range(3)]
        for order in orders:
            uow.vouchers.redeem(voucher, order, "ada")
        uow.vouchers.free(orders[1])
        uow.vouchers.free(orders[0])
        assert uow.vouchers.uses(voucher.id, "ada") == Uses(1, 1)
        for _ in range(2):
            uow.vouchers.redeem(voucher, put_order(uow), "ada")
        with pytest.raises(VoucherRefused):
            uow.vouchers.redeem(voucher, put_order(uow), "ada")

    def test_one_order_redeems_once(self, uow):
        voucher, order = new_voucher(), put_order(uow)
        uow.vouchers.add(voucher)
        uow.vouchers.redeem(voucher, order, "ada")
        with pytest.raises((UniqueViolation, ConstraintViolated)) as refusal:
            uow.vouchers.redeem(voucher, order, "bob")
        assert refusal.value.constraint.endswith("_order_id_key")

    def test_freeing_what_was_never_redeemed_is_fine(self, uow):
        uow.vouchers.free(put_order(uow))


def test_a_code_is_used_once(uow):
    voucher = new_voucher()
    uow.vouchers.add(voucher)
    with pytest.raises(Duplicate), uow.savepoint():
        uow.vouchers.add(new_voucher(code=voucher.code))
    assert uow.vouchers.find(VoucherCode("NONE")) is None
    assert uow.vouchers.peek(VoucherCode("NONE")) is None


def test_staff_see_every_voucher(house):
    first = a_voucher(house, "BBB", uses=5)
    a_voucher(house, "AAA")
    buy(house, an_offer(house), voucher=first)
    rows = house.shop.office.vouchers()
    assert [(row.code, row.used, row.uses, row.percent) for row in rows] == [
        ("AAA", 0, None, 10),
        ("BBB", 1, 5, 10),
    ]


def test_fifty_buyers_at_once_use_a_voucher_five_times(house):
    for number in range(REPETITIONS):
        code, outcomes = race_for_a_voucher(house, number)
        assert redeemed(house, code) == len(answers(outcomes)) == USES
        refused = Counter(map(type, errors(outcomes)))
        assert refused == {VoucherRefused: BUYERS - USES}


def test_one_customer_in_many_tabs_uses_it_once(house):
    code = a_voucher(house, uses_per_customer=1)
    offer = an_offer(house, pieces=16)
    outcomes = race([partial(house.rival.place_order, order_of((offer, 1), voucher=code))] * 16)
    assert len(answers(outcomes)) == redeemed(house, code) == 1


def test_buyers_and_cancels_at_once_leave_no_use_behind(house):
    code = a_voucher(house, uses=USES)
    offer = an_offer(house, pieces=40)
    receipts = [buy(house, offer, voucher=code) for _ in range(USES)]
    calls = [partial(cancel, house, receipt) for receipt in receipts]
    outcomes = race([*calls, *buyers(house, code, offer, 16)])
    cards = house.shop.orders.orders(limit=100).items
    live = [card for card in cards if card.state != "cancelled"]
    assert redeemed(house, code) == len(live) <= USES
    assert {type(each) for each in errors(outcomes)} <= {VoucherRefused}
