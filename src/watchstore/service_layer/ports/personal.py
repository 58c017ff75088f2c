"""What an account keeps for itself, beside what it buys."""

from collections.abc import Collection, Mapping
from typing import Protocol

from watchstore.domain.address_book import AddressBook
from watchstore.domain.identifiers import UserId, WatchId
from watchstore.domain.wish_list import WishList


class AddressBooks(Protocol):
    """Whoever changes one holds the lock of its account."""

    def of(self, owner: UserId) -> AddressBook:
        """An empty one, when nothing was kept yet."""

    def save(self, book: AddressBook) -> None: ...


class WishLists(Protocol):
    """Whoever changes one holds the lock of its account."""

    def of(self, owner: UserId) -> WishList:
        """An empty one, when nothing was wished for yet."""

    def save(self, wishes: WishList) -> None: ...

    def watches_at(self, slugs: Collection[str]) -> Mapping[str, WatchId]:
        """Those of the addresses in the catalogue that there are; read without a lock."""
