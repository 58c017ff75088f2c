"""Every guard on its own: the one moment at which it alone keeps two rivals apart."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from tests.harness.language import a_key, an_offer, buy, hold, only_order, order_of, told
from tests.harness.records import (
    NOW,
    a_cart,
    keep_hold,
    keep_offer,
    keep_order,
    keep_user,
)

from watchstore.domain import Cart, Offer, Order, OrderNumber, PieceId, Purpose, Token, User
from watchstore.domain.errors import AllReserved, HoldExpired, SoldOut
from watchstore.domain.events import OfferClosed, OfferOpened
from watchstore.service_layer.ports import ConcurrencyConflict, Earlier


def claim(storage, wanted, **more):
    with storage.begin() as uow:
        return uow.pieces.claim(wanted, **more)


class TestAClaimThatWaits:
    def test_holds_nothing_that_the_rival_may_want(self, storage, threads, until_waiting):
        low, high = sorted((keep_offer(storage, 1)[0].id, keep_offer(storage, 1)[0].id))
        with storage.begin() as uow:
            uow.pieces.claim({low: 1})
            rival = threads.submit(claim, storage, {high: 1, low: 1})
            until_waiting(1)
            assert len(uow.pieces.claim({high: 1})[high]) == 1
        assert rival.result(10).keys() == {low, high}

    def test_takes_the_pieces_of_an_offer_in_their_order(self, storage, threads, until_waiting):
        offer, (first, second) = keep_offer(storage, 2)
        with storage.begin() as uow:
            assert uow.pieces.claim({offer.id: 1})[offer.id] == (first,)
            rival = threads.submit(claim, storage, {offer.id: 2})
            until_waiting(1)
            assert uow.pieces.claim({offer.id: 1})[offer.id] in ((first,), (second,))
            uow.pieces.get(second)
        assert set(rival.result(10)[offer.id]) == {first, second}

    def test_waits_for_what_it_lacks_beside_its_own(self, storage, threads, until_waiting):
        offer, (first, second) = keep_offer(storage, 2)
        own = keep_hold(storage, first)
        with storage.begin() as uow:
            uow.pieces.get(second)
            rival = threads.submit(claim, storage, {offer.id: 2}, hold_id=own.id)
            until_waiting(1)
            assert not rival.done()
        assert rival.result(10)[offer.id] == (first, second)


def test_pieces_are_locked_by_id_whoever_locks_them(storage, threads, until_waiting):
    _, (first, second) = keep_offer(storage, 2)
    held = keep_hold(storage, second, first)

    def release():
        with storage.begin() as uow:
            return uow.pieces.release(held.id)

    with storage.begin() as uow:
        uow.pieces.get(first)
        rival = threads.submit(release)
        until_waiting(1)
        uow.pieces.get(second)
    assert rival.result(10) == 2


@dataclass(frozen=True)
class Kept:
    user: User
    offer: Offer
    piece: PieceId
    order: Order
    owned: Cart
    guests: Cart
    token: Token


@pytest.fixture
def rows(storage) -> Kept:
    """One of everything that a use case reads in order to change it."""
    user = keep_user(storage)
    offer, (piece,) = keep_offer(storage, 1)
    kept = Kept(
        user,
        offer,
        piece,
        keep_order(storage, offer, piece),
        a_cart(owner=user.id),
        a_cart(secret_hash="1" * 64),
        Token("a" * 64, Purpose.RESET_PASSWORD, user.id, NOW),
    )
    with storage.begin() as uow:
        uow.carts.add(kept.owned)
        uow.carts.add(kept.guests)
        uow.tokens.add(kept.token)
        uow.commit()
    return kept


LOCKING = {
    "user": lambda uow, rows: uow.users.get(rows.user.id),
    "user by e-mail": lambda uow, rows: uow.users.find(rows.user.email),
    "token": lambda uow, rows: uow.tokens.get(rows.token.secret_hash, rows.token.purpose),
    "watch": lambda uow, rows: uow.watches.get(rows.offer.watch_id),
    "offer": lambda uow, rows: uow.offers.get(rows.offer.id),
    "piece": lambda uow, rows: uow.pieces.get(rows.piece),
    "cart": lambda uow, rows: uow.carts.find(owner=rows.user.id),
    "guest's cart": lambda uow, rows: uow.carts.find(secret_hash=rows.guests.secret_hash),
    "order": lambda uow, rows: uow.orders.get(rows.order.id),
    "order by number": lambda uow, rows: uow.orders.find(rows.order.number),
    "payment": lambda uow, rows: uow.payments.of_order(rows.order.id),
    "payment by id": lambda uow, rows: uow.payments.get(uow.payments.of_order(rows.order.id).id),
}


@pytest.mark.parametrize("read", LOCKING.values(), ids=LOCKING)
def test_who_reads_in_order_to_change_waits_for_a_rival(
    storage, threads, until_waiting, rows, read
):
    def read_too():
        with storage.begin() as uow:
            return read(uow, rows)

    with storage.begin() as uow:
        found = read(uow, rows)
        rival = threads.submit(read_too)
        until_waiting(1)
        assert not rival.done()
    assert rival.result(10) == found


def test_an_answer_is_recorded_with_the_order_locked_first(house, storage, threads, until_waiting):
    """As cancelling does: the other way round each would wait for the other."""
    rivals = []

    def lock_as_cancelling_does(number):
        with storage.begin() as uow:
            return uow.payments.of_order(uow.orders.find(number).id)

    def meanwhile():
        number = OrderNumber(only_order(house).number)
        rivals.append(threads.submit(lock_as_cancelling_does, number))
        until_waiting(1)

    offer = an_offer(house)
    house.steps.at("payments.get:after", meanwhile)
    buy(house, offer)
    house.steps.require_all_reached()
    assert rivals[0].result(10).state == "authorised"
    assert house.steps.seen.count("payments.get:before") == 1


def test_who_appends_without_the_aggregates_lock_begins_again(storage, threads, until_waiting):
    offer, _ = keep_offer(storage)
    closed = OfferClosed(str(offer.id))

    def append():
        with storage.begin() as uow:
            uow.outbox.append(offer.id, closed)
            uow.commit()

    with storage.begin() as uow:
        uow.outbox.append(offer.id, OfferOpened(str(offer.id), 1, "USD"))
        uow.users.find(keep_user(storage).email)  # whatever asks the storage: it has it now
        rival = threads.submit(append)
        until_waiting(1)
        uow.commit()
    with pytest.raises(ConcurrencyConflict):
        rival.result(10)


def test_a_refused_order_leaves_its_answer_and_nothing_else(house, later):
    offer = an_offer(house)
    over = hold(house, offer, seconds=60)
    later(timedelta(seconds=61))
    command = order_of((offer, 1), hold_id=over, key=a_key())
    refusal = told(house.shop.place_order, command)
    assert refusal[0] == "hold_expired"
    assert house.shop.orders.orders().total == 0
    assert told(house.shop.place_order, command) == refusal


class TestARefusedClaim:
    def test_keeps_no_lock(self, storage):
        plenty, nothing = keep_offer(storage, 1)[0].id, keep_offer(storage, 0)[0].id
        with storage.begin() as uow:
            with pytest.raises(SoldOut):
                uow.pieces.claim({plenty: 1, nothing: 1})
            assert len(claim(storage, {plenty: 1})[plenty]) == 1

    def test_is_of_one_piece_too_few_as_well(self, storage):
        offer, (held, _) = keep_offer(storage, 2)
        keep_hold(storage, held)
        with pytest.raises(AllReserved):
            claim(storage, {offer.id: 2})


def test_a_hold_of_two_pieces_makes_one_order_of_one(house):
    offer = an_offer(house, pieces=2)
    held = hold(house, offer, 2)
    assert buy(house, offer, hold_id=held).state == "paid"
    with pytest.raises(HoldExpired):
        buy(house, offer, hold_id=held)


def test_an_old_key_that_a_rival_is_taking_is_the_rivals(storage, threads, until_waiting, later):
    key = a_key()

    def claim_key():
        with storage.begin() as uow:
            earlier = uow.keys.claim(key)
            uow.commit()
        return earlier

    claim_key()
    later(timedelta(hours=25))
    with storage.begin() as uow:
        assert uow.keys.claim(key) is None
        rival = threads.submit(claim_key)
        until_waiting(1)
        uow.commit()
    assert rival.result(10) == Earlier(key.fingerprint, None)
