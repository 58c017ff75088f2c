"""What an account keeps for itself: addresses, and watches to come back to."""

from collections.abc import Collection, Mapping

from watchstore.adapters.memory.store import Transaction
from watchstore.adapters.memory.tables import ADDRESS_BOOKS, WATCHES, WISH_LISTS
from watchstore.domain.address_book import AddressBook
from watchstore.domain.identifiers import UserId, WatchId
from watchstore.domain.wish_list import WishList


class MemoryAddressBooks:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, owner: UserId) -> AddressBook:
        return self._tx.lock(ADDRESS_BOOKS, owner) or AddressBook(owner)

    def save(self, book: AddressBook) -> None:
        if not self._tx.insert_or_ignore(ADDRESS_BOOKS, book.owner, book):
            self._tx.update(ADDRESS_BOOKS, book.owner, book)


class MemoryWishLists:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, owner: UserId) -> WishList:
        return self._tx.lock(WISH_LISTS, owner) or WishList(owner)

    def save(self, wishes: WishList) -> None:
        if not self._tx.insert_or_ignore(WISH_LISTS, wishes.owner, wishes):
            self._tx.update(WISH_LISTS, wishes.owner, wishes)

    def watches_at(self, slugs: Collection[str]) -> Mapping[str, WatchId]:
        wanted = frozenset(slugs)
        found = self._tx.scan(WATCHES, lambda watch: watch.slug.text in wanted)
        return {watch.slug.text: watch.id for watch in found}
