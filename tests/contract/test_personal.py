"""Address books and wish lists on every storage: what is saved is there, and nothing is lost."""

from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.contract.test_round_trips import tried
from tests.harness.language import (
    ADDRESS,
    a_customer,
    a_watch,
    an_offer,
    buy,
    decide,
    deliver,
    refund,
    send_back,
    ship,
    view,
)
from tests.harness.records import a_user, keep_offer, keep_order, keep_user

from watchstore.adapters.memory.store import CheckViolation
from watchstore.adapters.postgres.errors import ConstraintViolated
from watchstore.domain import (
    AddressBook,
    AddressId,
    KeptAddress,
    Return,
    ReturnId,
    UserId,
    WatchId,
    WishList,
)
from watchstore.domain.errors import NotFound
from watchstore.service_layer.commands import AddWishes, KeepAddress, Wanted


def books(owner):
    kept = st.builds(KeptAddress, strategies.ids.map(AddressId), strategies.addresses)
    return st.lists(kept, max_size=10).map(lambda entries: AddressBook(owner, tuple(entries)))


@tried
@given(data=st.data())
def test_address_books(storage, data):
    user = a_user()
    with storage.begin() as uow:
        uow.users.add(user)
        assert uow.address_books.of(user.id) == AddressBook(user.id)
        for book in (data.draw(books(user.id)), data.draw(books(user.id))):
            uow.address_books.save(book)
            assert uow.address_books.of(user.id) == book


@tried
@given(data=st.data())
def test_wish_lists(storage, data):
    user = a_user()
    watches = st.lists(strategies.ids.map(WatchId), max_size=100).map(tuple)
    with storage.begin() as uow:
        uow.users.add(user)
        assert uow.wish_lists.of(user.id) == WishList(user.id)
        for found in (data.draw(watches), data.draw(watches)):
            wishes = WishList(user.id, found)
            uow.wish_lists.save(wishes)
            assert uow.wish_lists.of(user.id) == wishes


def test_nobody_keeps_anything(storage):
    nobody = UserId(uuid4())
    for save in (
        lambda uow: uow.address_books.save(AddressBook(nobody)),
        lambda uow: uow.wish_lists.save(WishList(nobody)),
    ):
        with pytest.raises(NotFound), storage.begin() as uow:
            save(uow)
            uow.commit()


def test_more_than_there_is_room_for_is_refused_by_the_schema(storage):
    user = keep_user(storage)
    entries = tuple(KeptAddress(AddressId(uuid4()), ADDRESS) for _ in range(11))
    watches = tuple(WatchId(uuid4()) for _ in range(101))
    for save in (
        lambda uow: uow.address_books.save(AddressBook(user.id, entries)),
        lambda uow: uow.wish_lists.save(WishList(user.id, watches)),
    ):
        with pytest.raises((CheckViolation, ConstraintViolated)), storage.begin() as uow:
            save(uow)


def test_watches_are_found_by_their_address(house):
    watch = a_watch(house)
    with house.storage.begin() as uow:
        found = uow.wish_lists.watches_at(["grand-seiko-heritage-sbga211", "no-such-watch"])
    assert found == {"grand-seiko-heritage-sbga211": watch}


def at_once(threads, *calls):
    """All of them begin together; their results in order."""
    start = Barrier(len(calls))

    def run(call):
        start.wait(10)
        return call()

    return [running.result(10) for running in [threads.submit(run, call) for call in calls]]


def test_of_addresses_kept_at_once_none_is_lost(house, threads):
    ada = a_customer(house)
    keep = KeepAddress(ada, ADDRESS)
    at_once(threads, *[lambda: house.rival.keep_address(keep)] * 8)
    assert len(house.shop.accounts.addresses(ada)) == 8


def test_a_change_waits_for_the_one_before_it(house, threads, until_waiting):
    """The account's lock is what makes a read book the newest one."""
    ada = a_customer(house)
    with house.storage.begin() as uow:
        uow.users.get(ada)
        waiting = threads.submit(house.rival.keep_address, KeepAddress(ada, ADDRESS))
        until_waiting(1)
        uow.address_books.save(AddressBook(ada, (KeptAddress(AddressId(uuid4()), ADDRESS),)))
        uow.commit()
    waiting.result(10)
    assert len(house.shop.accounts.addresses(ada)) == 2


def test_of_wishes_made_at_once_none_is_lost(house, threads, until_waiting):
    ada = a_customer(house)
    first, _ = a_watch(house), a_watch(house, "SBGA413")
    with house.storage.begin() as uow:
        uow.users.get(ada)
        wish = AddWishes(ada, ("grand-seiko-heritage-sbga413",))
        waiting = threads.submit(house.rival.add_wishes, wish)
        until_waiting(1)
        uow.wish_lists.save(WishList(ada, (first,)))
        uow.commit()
    waiting.result(10)
    assert len(house.shop.accounts.wishes(ada)) == 2


class TestQuestions:
    def test_addresses_have_the_default_first(self, storage):
        user = keep_user(storage)
        entries = tuple(KeptAddress(AddressId(uuid4()), ADDRESS) for _ in range(2))
        with storage.begin() as uow:
            uow.address_books.save(AddressBook(user.id, entries))
            uow.commit()
        rows = storage.accounts.addresses(user.id)
        assert [(row.id, row.default) for row in rows] == [
            (str(entries[0].id), True),
            (str(entries[1].id), False),
        ]
        assert (rows[0].street, rows[0].country) == (ADDRESS.street, ADDRESS.country)
        assert storage.accounts.addresses(UserId(uuid4())) == ()

    def test_wishes_keep_their_order(self, house):
        ada = a_customer(house)
        watches = [a_watch(house, f"SBGA{number}") for number in range(3)]
        with house.storage.begin() as uow:
            uow.wish_lists.save(WishList(ada, tuple(reversed(watches))))
            uow.commit()
        found = [row.reference for row in house.storage.accounts.wishes(ada)]
        assert found == ["SBGA2", "SBGA1", "SBGA0"]
        assert house.storage.accounts.wishes(UserId(uuid4())) == ()

    def test_wishes_are_of_what_is_published(self, house):
        ada = a_customer(house)
        watch = a_watch(house)
        house.shop.add_wishes(AddWishes(ada, ("grand-seiko-heritage-sbga211",)))
        house.shop.withdraw_watch(watch)
        assert house.storage.accounts.wishes(ada) == ()

    def test_returns_are_those_of_the_account_and_newest_first(self, storage):
        user = keep_user(storage)
        offer, (mine, other) = keep_offer(storage, 2)
        order = keep_order(storage, offer, mine, buyer=user.id)
        guests = keep_order(storage, offer, other)
        with storage.begin() as uow:
            for of, piece in ((order, mine), (guests, other)):
                uow.returns.add(Return(ReturnId(uuid4()), of.id, (piece,), "why", of.placed_at))
            uow.commit()
        (row,) = storage.accounts.returns(user.id)
        assert (row.number, row.state, row.reason) == (order.number.text, "requested", "why")

    def test_what_comes_back_is_not_returnable_again(self, storage):
        offer, (first, second) = keep_offer(storage, 2)
        order = keep_order(storage, offer, first, second)
        assert storage.orders.order(order.number, None).lines[0].returnable == 0
        assert storage.orders.order(order.number, None).return_until is None


def test_what_was_sent_is_returnable_until_it_comes_back_or_is_paid_back(house):
    offer = an_offer(house, 3)
    receipt = buy(house, offer, 3)
    ship(house, receipt)
    assert returnable(house, receipt) == (3, None)
    refund(house, receipt, lines=(Wanted(offer, 1),))
    asked = send_back(house, receipt, Wanted(offer, 1))
    assert returnable(house, receipt) == (1, None)
    decide(house, receipt, asked, "declined", "worn")
    deliver(house, receipt)
    left, until = returnable(house, receipt)
    assert left == 2
    assert until == (house.clock.now() + timedelta(days=14)).isoformat()


def returnable(house, receipt):
    shown = view(house, receipt)
    return shown.lines[0].returnable, shown.return_until


def test_a_line_says_where_its_watch_is_shown_while_it_is(house):
    watch = a_watch(house)
    receipt = buy(house, an_offer(house, watch=watch))
    assert view(house, receipt).lines[0].slug == "grand-seiko-heritage-sbga211"
    house.shop.withdraw_watch(watch)
    assert view(house, receipt).lines[0].slug is None
