"""Taking pieces: never one twice, all or none, and a refusal that tells the truth."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.harness.claims import claim, order_of, state_of
from tests.harness.records import (
    NOW,
    a_hold,
    an_order,
    keep_hold,
    keep_offer,
    keep_order,
)

from watchstore.domain import HoldId, OfferId
from watchstore.domain.errors import AllReserved, HoldExpired, SoldOut


class TestAClaim:
    def test_takes_as_many_of_each_offer_as_wanted(self, storage):
        one, first = keep_offer(storage, 3)
        two, second = keep_offer(storage, 2)
        claimed = claim(storage, {one.id: 2, two.id: 1})
        assert {offer: len(pieces) for offer, pieces in claimed.items()} == {one.id: 2, two.id: 1}
        assert set(claimed[one.id]) < set(first)
        assert set(claimed[two.id]) < set(second)

    def test_lasts_as_long_as_its_transaction(self, storage):
        offer, pieces = keep_offer(storage, 2)
        with storage.begin() as uow:
            (taken,) = uow.pieces.claim({offer.id: 1})[offer.id]
            (other,) = claim(storage, {offer.id: 1})[offer.id]
            assert {taken, other} == set(pieces)
        assert len(claim(storage, {offer.id: 2})[offer.id]) == 2

    def test_waits_for_a_rival_before_it_refuses(self, storage, threads, until_waiting):
        offer, _ = keep_offer(storage, 1)
        with storage.begin() as uow:
            uow.pieces.claim({offer.id: 1})
            rival = threads.submit(claim, storage, {offer.id: 1})
            until_waiting(1)
            assert not rival.done()
        assert len(rival.result(10)[offer.id]) == 1

    def test_refuses_what_the_rival_it_waited_for_took(self, storage, threads, until_waiting):
        offer, _ = keep_offer(storage, 1)
        with storage.begin() as uow:
            (piece,) = uow.pieces.claim({offer.id: 1})[offer.id]
            rival = threads.submit(claim, storage, {offer.id: 1})
            until_waiting(1)
            uow.pieces.hold([piece], a_hold())
            uow.commit()
        with pytest.raises(AllReserved):
            rival.result(10)

    def test_waits_with_empty_hands(self, storage, threads, until_waiting):
        """Whoever waits while holding what another waits for deadlocks."""
        offer, _ = keep_offer(storage, 3)
        with storage.begin() as uow:
            uow.pieces.claim({offer.id: 1})
            rival = threads.submit(claim, storage, {offer.id: 3})
            until_waiting(1)
            assert len(claim(storage, {offer.id: 1})[offer.id]) == 1
        assert len(rival.result(10)[offer.id]) == 3

    def test_keeps_no_lock_when_it_refuses(self, storage):
        plenty, _ = keep_offer(storage, 1)
        nothing, _ = keep_offer(storage, 0)
        with storage.begin() as uow:
            with pytest.raises(SoldOut), uow.savepoint():
                uow.pieces.claim({plenty.id: 1, nothing.id: 1})
            assert len(claim(storage, {plenty.id: 1})[plenty.id]) == 1


class TestARefusal:
    def test_sold_out_when_every_piece_is_sold(self, storage):
        offer, pieces = keep_offer(storage, 2)
        order = keep_order(storage, offer, *pieces)
        with storage.begin() as uow:
            uow.pieces.sell(order.id, NOW)
            uow.commit()
        with pytest.raises(SoldOut) as refusal:
            claim(storage, {offer.id: 1})
        assert refusal.value.details == {"offer_id": str(offer.id)}

    def test_sold_out_when_there_never_was_one(self, storage):
        offer, _ = keep_offer(storage, 0)
        with pytest.raises(SoldOut):
            claim(storage, {offer.id: 1})

    def test_all_reserved_until_the_first_hold_ends(self, storage):
        offer, (one, two) = keep_offer(storage, 2)
        keep_hold(storage, one, minutes=10)
        keep_hold(storage, two, minutes=60)
        with pytest.raises(AllReserved) as refusal:
            claim(storage, {offer.id: 1})
        assert refusal.value.details["offer_id"] == str(offer.id)
        assert 590 <= refusal.value.details["retry_after"] <= 601

    def test_all_reserved_while_an_order_is_unpaid(self, storage):
        offer, pieces = keep_offer(storage, 1)
        keep_order(storage, offer, *pieces)
        with pytest.raises(AllReserved) as refusal:
            claim(storage, {offer.id: 1})
        assert isinstance(refusal.value.details["retry_after"], int)
        assert refusal.value.details["retry_after"] >= 1

    def test_all_reserved_when_one_of_several_may_come_back(self, storage):
        offer, (sold, held) = keep_offer(storage, 2)
        order = keep_order(storage, offer, sold)
        with storage.begin() as uow:
            uow.pieces.sell(order.id, NOW)
            uow.commit()
        keep_hold(storage, held)
        with pytest.raises(AllReserved):
            claim(storage, {offer.id: 1})

    def test_names_the_first_offer_that_is_short(self, storage):
        short = sorted(keep_offer(storage, 0)[0].id for _ in range(2))
        with pytest.raises(SoldOut) as refusal:
            claim(storage, dict.fromkeys(reversed(short), 1))
        assert refusal.value.details["offer_id"] == str(short[0])

    def test_of_an_unknown_offer(self, storage):
        with pytest.raises(SoldOut):
            claim(storage, {OfferId(uuid4()): 1})


class TestAHold:
    def test_keeps_others_away(self, storage):
        offer, pieces = keep_offer(storage, 1)
        keep_hold(storage, *pieces)
        with pytest.raises(AllReserved):
            claim(storage, {offer.id: 1})

    def test_of_ones_own_counts_as_free_and_is_taken_first(self, storage):
        offer, pieces = keep_offer(storage, 3)
        hold = keep_hold(storage, pieces[2])
        assert claim(storage, {offer.id: 1}, hold_id=hold.id)[offer.id] == (pieces[2],)
        assert len(claim(storage, {offer.id: 3}, hold_id=hold.id)[offer.id]) == 3

    def test_ends_by_the_clock_of_the_storage(self, storage, later):
        offer, pieces = keep_offer(storage, 1)
        hold = keep_hold(storage, *pieces, minutes=10)
        later(timedelta(minutes=9))
        with pytest.raises(AllReserved):
            claim(storage, {offer.id: 1})
        later(timedelta(minutes=2))
        assert len(claim(storage, {offer.id: 1})[offer.id]) == 1
        with storage.begin() as uow, pytest.raises(HoldExpired):
            order = an_order(offer, *pieces, hold_id=hold.id)
            uow.orders.add(order)
            uow.pieces.assign(pieces, order.id, hold_id=hold.id)

    def test_turns_into_an_order(self, storage):
        offer, pieces = keep_offer(storage, 2)
        hold = keep_hold(storage, *pieces)
        taken = order_of(storage, [offer], {offer.id: 2}, hold_id=hold.id)
        assert set(taken) == set(pieces)
        with storage.begin() as uow:
            assert all(uow.pieces.get(piece).hold is None for piece in pieces)
            assert uow.pieces.release(hold.id) == 0

    def test_makes_one_order_only(self, storage):
        offer, pieces = keep_offer(storage, 2)
        hold = keep_hold(storage, pieces[0])
        order_of(storage, [offer], {offer.id: 1}, hold_id=hold.id)
        with pytest.raises(HoldExpired):
            order_of(storage, [offer], {offer.id: 1}, hold_id=hold.id)
        assert state_of(storage, offer) == {"ordered": 1, "free": 1}

    def test_can_be_lifted(self, storage):
        offer, pieces = keep_offer(storage, 3)
        hold = keep_hold(storage, *pieces[:2])
        with storage.begin() as uow:
            assert uow.pieces.release(hold.id) == 2
            assert uow.pieces.release(HoldId(uuid4())) == 0
            uow.commit()
        assert state_of(storage, offer) == {"free": 3}

    def test_that_a_rival_took_after_it_ended_is_gone(self, storage):
        offer, pieces = keep_offer(storage, 1)
        old = keep_hold(storage, *pieces, minutes=-1)
        new = keep_hold(storage, *pieces)
        with storage.begin() as uow:
            assert uow.pieces.release(old.id) == 0
            assert uow.pieces.get(pieces[0]).hold == new
        with pytest.raises(AllReserved):
            claim(storage, {offer.id: 1}, hold_id=old.id)


class TestAssigning:
    @pytest.mark.parametrize("hold_gone", ["lifted", "never", "over", "another's"])
    def test_refuses_when_the_hold_is_gone(self, storage, hold_gone):
        offer, pieces = keep_offer(storage, 2)
        hold = keep_hold(storage, pieces[0])
        if hold_gone == "another's":
            keep_hold(storage, pieces[1])
        elif hold_gone == "over":
            hold = keep_hold(storage, *pieces, minutes=-1)
        with storage.begin() as uow:
            if hold_gone == "lifted":
                uow.pieces.release(hold.id)
            order = an_order(offer, *pieces, hold_id=hold.id)
            uow.orders.add(order)
            with pytest.raises(HoldExpired):
                uow.pieces.assign(pieces, order.id, hold_id=hold.id)

    def test_refuses_pieces_that_are_held_by_another(self, storage):
        offer, pieces = keep_offer(storage, 1)
        keep_hold(storage, *pieces)
        with storage.begin() as uow:
            order = an_order(offer, *pieces)
            uow.orders.add(order)
            with pytest.raises(HoldExpired):
                uow.pieces.assign(pieces, order.id)

    def test_refuses_pieces_of_another_order(self, storage):
        offer, pieces = keep_offer(storage, 1)
        keep_order(storage, offer, *pieces)
        with storage.begin() as uow:
            order = an_order(offer, *pieces)
            uow.orders.add(order)
            with pytest.raises(HoldExpired):
                uow.pieces.assign(pieces, order.id)

    def test_selling_and_freeing_move_the_pieces_of_one_order(self, storage):
        offer, pieces = keep_offer(storage, 3)
        sold = keep_order(storage, offer, pieces[0])
        freed = keep_order(storage, offer, pieces[1])
        with storage.begin() as uow:
            uow.pieces.sell(sold.id, NOW)
            uow.orders.save(freed.cancel(NOW, by="buyer"))
            uow.pieces.free(freed.id)
            uow.commit()
        assert state_of(storage, offer) == {"sold": 1, "free": 2}
        with storage.begin() as uow:
            assert uow.pieces.get(pieces[0]).sold_at == NOW

    def test_a_sold_piece_can_come_back(self, storage):
        offer, pieces = keep_offer(storage, 1)
        order = keep_order(storage, offer, *pieces)
        with storage.begin() as uow:
            uow.pieces.sell(order.id, NOW)
            uow.orders.save(order.pay(NOW))
            uow.orders.save(order.pay(NOW).cancel(NOW, by="clerk"))
            uow.pieces.free(order.id)
            uow.commit()
        assert state_of(storage, offer) == {"free": 1}
