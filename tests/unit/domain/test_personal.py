"""Address books, wish lists, and what is left of an account that is erased."""

from uuid import UUID, uuid4

import pytest
from tests.harness.language import ADDRESS
from tests.harness.records import NOW, a_user

from watchstore.domain import AddressBook, AddressId, KeptAddress, Role, UserId, WatchId, WishList
from watchstore.domain.address_book import MOST_ADDRESSES
from watchstore.domain.errors import AddressLimit, NotFound, NotPermitted
from watchstore.domain.wish_list import MOST_WISHES

ADA = UserId(UUID(int=1))


def an_address():
    return KeptAddress(AddressId(uuid4()), ADDRESS)


def a_book(count):
    book = AddressBook(ADA)
    for _ in range(count):
        book = book.add(an_address())
    return book


def some_watches(count):
    return tuple(WatchId(uuid4()) for _ in range(count))


class TestAnAddressBook:
    def test_keeps_the_order_in_which_it_was_filled(self):
        first, second = an_address(), an_address()
        assert AddressBook(ADA).add(first).add(second).entries == (first, second)

    def test_puts_first_what_is_preferred(self):
        book = a_book(3)
        a, b, c = book.entries
        assert book.prefer(c.id).entries == (c, a, b)

    def test_changes_one_in_its_place(self):
        book = a_book(3)
        changed = KeptAddress(book.entries[1].id, ADDRESS)
        assert book.change(changed).entries == (book.entries[0], changed, book.entries[2])

    def test_forgets_one(self):
        book = a_book(2)
        assert book.remove(book.entries[0].id).entries == book.entries[1:]

    def test_has_an_end(self):
        book = a_book(MOST_ADDRESSES)
        with pytest.raises(AddressLimit) as refusal:
            book.add(an_address())
        assert refusal.value.details == {"most": MOST_ADDRESSES}

    @pytest.mark.parametrize("step", ["find", "prefer", "remove"])
    def test_knows_its_own_only(self, step):
        with pytest.raises(NotFound):
            getattr(a_book(1), step)(AddressId(uuid4()))
        with pytest.raises(NotFound):
            a_book(1).change(an_address())


class TestAWishList:
    def test_has_the_newest_in_front(self):
        a, b, c = some_watches(3)
        assert WishList(ADA).add([a]).add([b, c]).watches == (b, c, a)

    def test_has_each_watch_once_and_where_it_was(self):
        a, b = some_watches(2)
        wishes = WishList(ADA, (a, b))
        assert wishes.add([b, b, a]) is wishes

    def test_takes_what_there_is_room_for(self):
        old, (a, b) = some_watches(MOST_WISHES - 1), some_watches(2)
        full = WishList(ADA, old).add([a, b])
        assert full.watches == (a, *old)
        assert full.add([b]) is full

    def test_loses_what_is_taken_off(self):
        a, b = some_watches(2)
        assert WishList(ADA, (a, b)).remove(a).watches == (b,)
        assert WishList(ADA, (b,)).remove(a).watches == (b,)


class TestAnErasedAccount:
    def test_says_nothing_of_the_person(self):
        user = a_user()
        erased = user.erase(NOW)
        assert (erased.id, erased.name, erased.password_hash) == (user.id, "", "")
        assert erased.email.address == f"{user.id}@erased.invalid"
        assert not erased.may_sign_in

    @pytest.mark.parametrize("role", [Role.CLERK, Role.MANAGER])
    def test_is_never_one_of_staff(self, role):
        with pytest.raises(NotPermitted):
            a_user(role=role).erase(NOW)
