"""Many at once after the same pieces: never one twice, and nothing left that was wanted."""

from collections import Counter
from functools import partial

import pytest
from tests.harness.claims import claim, order_of, state_of
from tests.harness.racing import answers, errors, race
from tests.harness.records import (
    NOW,
    a_hold,
    keep_hold,
    keep_offer,
    keep_order,
)

from watchstore.domain.errors import AllReserved, Conflict, HoldExpired
from watchstore.service_layer.ports import ConcurrencyConflict
from watchstore.service_layer.retrying import retried


class TestRaces:
    def test_64_buyers_of_10_pieces_make_10_orders(self, storage):
        offer, pieces = keep_offer(storage, 10)
        outcomes = race([partial(order_of, storage, [offer], {offer.id: 1})] * 64)
        taken = [piece for ids in answers(outcomes) for piece in ids]
        assert sorted(taken) == pieces
        assert Counter(map(type, errors(outcomes))) == {AllReserved: 54}
        assert state_of(storage, offer) == {"ordered": 10}

    def test_two_offers_each_way_round(self, storage):
        one, _ = keep_offer(storage, 8)
        two, _ = keep_offer(storage, 8)
        ways = [{one.id: 1, two.id: 1}, {two.id: 1, one.id: 1}]
        outcomes = race(
            [partial(order_of, storage, [one, two], ways[count % 2]) for count in range(32)]
        )
        assert len(answers(outcomes)) == 8
        assert Counter(map(type, errors(outcomes))) == {AllReserved: 24}
        assert state_of(storage, one) == state_of(storage, two) == {"ordered": 8}

    def test_quantities_from_one_to_three_leave_nothing_that_somebody_wanted(self, storage):
        offer, pieces = keep_offer(storage, 20)
        wanted = [count % 3 + 1 for count in range(32)]
        outcomes = race(
            [partial(order_of, storage, [offer], {offer.id: quantity}) for quantity in wanted]
        )
        taken = [piece for ids in answers(outcomes) for piece in ids]
        assert len(set(taken)) == len(taken)
        free = len(pieces) - len(taken)
        refused = [
            quantity
            for quantity, outcome in zip(wanted, outcomes, strict=True)
            if isinstance(outcome, Conflict)
        ]
        assert all(quantity > free for quantity in refused)
        assert len(answers(outcomes)) + len(refused) == 32

    def test_all_or_none_over_offers_that_compete(self, storage):
        hot, hot_pieces = keep_offer(storage, 3)
        cold, _ = keep_offer(storage, 30)
        outcomes = race([partial(order_of, storage, [hot], {hot.id: 1, cold.id: 2})] * 16)
        assert len(answers(outcomes)) == len(hot_pieces)
        assert state_of(storage, cold) == {"free": 24, "ordered": 6}

    def test_a_rival_that_gives_up_makes_room(self, storage, threads, until_waiting):
        offer, pieces = keep_offer(storage, 2)
        with storage.begin() as uow:
            uow.pieces.claim({offer.id: 2})
            rivals = [threads.submit(order_of, storage, [offer], {offer.id: 1}) for _ in range(2)]
            until_waiting(2)
        assert sorted(piece for rival in rivals for piece in rival.result(10)) == pieces

    def test_holders_and_buyers_of_the_same_pieces(self, storage):
        offer, _ = keep_offer(storage, 5)

        @retried
        def hold_one():
            with storage.begin() as uow:
                claimed = uow.pieces.claim({offer.id: 1})
                uow.pieces.hold(claimed[offer.id], a_hold())
                uow.commit()
            return list(claimed[offer.id])

        outcomes = race([hold_one, partial(order_of, storage, [offer], {offer.id: 1})] * 12)
        taken = [piece for ids in answers(outcomes) for piece in ids]
        assert len(set(taken)) == len(taken) == 5
        assert Counter(map(type, errors(outcomes))) == {AllReserved: 19}

    def test_cancelling_frees_pieces_when_it_is_committed(self, storage):
        offer, pieces = keep_offer(storage, 1)
        order = keep_order(storage, offer, *pieces)
        with storage.begin() as uow:
            uow.orders.save(uow.orders.get(order.id).cancel(NOW, by="buyer"))
            uow.pieces.free(order.id)
            with pytest.raises(AllReserved):
                claim(storage, {offer.id: 1})
            uow.commit()
        assert order_of(storage, [offer], {offer.id: 1}) == pieces

    def test_one_hold_makes_one_order_however_many_try(self, storage):
        offer, pieces = keep_offer(storage, 3)
        hold = keep_hold(storage, pieces[0])
        outcomes = race([partial(order_of, storage, [offer], {offer.id: 1}, hold_id=hold.id)] * 8)
        assert answers(outcomes) == [[pieces[0]]]
        assert {type(each) for each in errors(outcomes)} <= {HoldExpired, ConcurrencyConflict}
        assert state_of(storage, offer) == {"ordered": 1, "free": 2}
