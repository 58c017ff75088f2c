"""The use cases over every storage, raced: what a buyer could lose or get twice."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from tests.harness.language import (
    GUEST,
    a_customer,
    a_key,
    an_offer,
    buy,
    cancel,
    drain_all,
    ledger,
    only_order,
    order_of,
    ship,
    sign_in,
    states,
    view,
)
from tests.harness.racing import answers, errors, race
from tests.harness.steps import Crash

from watchstore.domain import OrderNumber
from watchstore.domain.errors import IllegalTransition, PaymentDeclined, SoldOut
from watchstore.service_layer.commands import CancelOrder, PutCartLine, Shopper


def test_many_buyers_of_few_pieces(house):
    offer = an_offer(house, pieces=5)
    outcomes = race([partial(house.rival.place_order, order_of((offer, 1)))] * 24)
    assert len(answers(outcomes)) == 5
    assert {each.code for each in errors(outcomes)} <= {"sold_out", "all_reserved"}
    assert states(house, offer) == ["sold"] * 5
    assert ledger(house) == ["authorised"] * 5
    with pytest.raises(SoldOut):
        buy(house, offer)


def test_one_key_from_many_threads_makes_one_order(house):
    offer = an_offer(house, pieces=3)
    command = order_of((offer, 1), key=a_key())
    outcomes = race([partial(house.rival.place_order, command)] * 24)
    receipts = set(answers(outcomes))
    assert len(receipts) == 1
    assert {each.code for each in errors(outcomes)} <= {"in_progress"}
    assert states(house, offer) == ["free", "free", "sold"]
    assert ledger(house) == ["authorised"]
    assert house.rival.place_order(command) in receipts


def test_many_cancels_free_the_piece_once(house):
    offer = an_offer(house)
    receipt = buy(house, offer)
    command = CancelOrder(OrderNumber(receipt.number))
    outcomes = race([partial(house.rival.cancel_order, command)] * 8)
    assert len(answers(outcomes)) == 1
    assert Counter(map(type, errors(outcomes))) == {IllegalTransition: 7}
    assert states(house, offer) == ["free"]
    assert ledger(house) == ["authorised", "voided"]


def test_shipping_and_cancelling_at_once_do_one_of_the_two(house):
    offers = [an_offer(house) for _ in range(6)]
    receipts = [buy(house, offer) for offer in offers]
    calls = [partial(ship, house, receipt) for receipt in receipts]
    calls += [partial(cancel, house, receipt) for receipt in receipts]
    outcomes = race(calls)
    assert len(answers(outcomes)) == 6
    assert Counter(map(type, errors(outcomes))) == {IllegalTransition: 6}
    for receipt, offer in zip(receipts, offers, strict=True):
        order = view(house, receipt)
        assert (order.state, order.payment, states(house, offer)) in (
            ("shipped", "captured", ["sold"]),
            ("cancelled", "voided", ["free"]),
        )


def test_a_declined_card_frees_the_piece_for_the_next(house):
    offer = an_offer(house)
    with pytest.raises(PaymentDeclined):
        buy(house, offer, card="tok_declined")
    assert states(house, offer) == ["free"]
    assert buy(house, offer).state == "paid"


def test_workers_and_the_buyer_settle_one_payment_once(house):
    offer = an_offer(house, pieces=4)
    for _ in range(4):
        house.steps.crash("gateway.authorise:after")
        with pytest.raises(Crash):
            buy(house, offer)
    with house.storage.begin() as uow:
        orders = [
            uow.orders.find(OrderNumber(card.number)).id
            for card in house.shop.orders.orders().items
        ]
        payments = [uow.payments.of_order(order).id for order in orders]
    outcomes = race([partial(house.rival.settle_payment, each) for each in payments * 4])
    assert errors(outcomes) == []
    assert {card.state for card in house.shop.orders.orders().items} == {"paid"}
    assert ledger(house) == ["authorised"] * 4
    assert states(house, offer) == ["sold"] * 4


def test_first_lines_of_a_new_cart_are_both_kept(house):
    ada = Shopper(a_customer(house))
    offers = [an_offer(house) for _ in range(6)]
    outcomes = race([partial(house.rival.put_cart_line, PutCartLine(ada, o, 1)) for o in offers])
    assert errors(outcomes) == []
    lines = house.shop.carts.cart(ada).lines
    assert {line.offer_id for line in lines} == {str(offer) for offer in offers}


def test_a_guests_cart_survives_what_the_account_puts_in_meanwhile(house, threads):
    ada = Shopper(a_customer(house))
    mine, guests = an_offer(house), an_offer(house)
    house.shop.put_cart_line(PutCartLine(GUEST, guests, 1))
    rivals = []

    def put_meanwhile():
        rivals.append(threads.submit(house.rival.put_cart_line, PutCartLine(ada, mine, 1)))

    house.steps.at("carts.save:after", put_meanwhile)
    sign_in(house, guest_hash=GUEST.guest_hash)
    house.steps.require_all_reached()
    rivals[0].result(10)
    lines = house.shop.carts.cart(ada).lines
    assert {line.offer_id for line in lines} == {str(mine), str(guests)}


@pytest.mark.parametrize("step", ["commit:before", "gateway.authorise:after", "commit:after"])
def test_a_crash_loses_no_order_and_charges_nobody_twice(house, later, step):
    offer = an_offer(house)
    house.steps.crash(step)
    with pytest.raises(Crash):
        buy(house, offer, key=a_key())
    later(timedelta(seconds=7))
    drain_all(house)
    assert buy(house, offer, key=a_key()).state == "paid"
    assert only_order(house).state == "paid"
    assert ledger(house) == ["authorised"]
    assert states(house, offer) == ["sold"]
