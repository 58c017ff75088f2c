"""Giving up on a buyer whom the bank waits for."""

from tests.harness.language import a_voucher, an_offer, buy, drain_all, view
from tests.harness.racing import race


def test_frees_the_voucher_too(house):
    offer = an_offer(house)
    voucher = a_voucher(house, uses=1)
    receipt = buy(house, offer, card="tok_challenge", voucher=voucher)
    house.clock.advance(1801)
    house.rival.do_duties()
    assert view(house, receipt).state == "cancelled"
    assert buy(house, offer, voucher=voucher).state == "paid"
    drain_all(house)
    assert house.rival.verify() == ()


def test_by_two_workers_at_once_cancels_once(house):
    receipt = buy(house, an_offer(house), card="tok_challenge")
    house.clock.advance(1801)
    race([house.rival.do_duties] * 4)
    states = [entry.state for entry in view(house, receipt).timeline]
    assert states == ["awaiting_payment", "cancelled"]
