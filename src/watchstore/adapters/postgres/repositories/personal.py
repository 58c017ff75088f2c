"""Address books and wish lists, each a document in a row of its account."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Insert, Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.schema import address_books, watches, wish_lists
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.address import Address
from watchstore.domain.address_book import AddressBook, KeptAddress
from watchstore.domain.identifiers import AddressId, UserId, WatchId
from watchstore.domain.wish_list import WishList


def _saving(table: Table, document: Column[Any]) -> Insert:
    adding = insert(table)
    return adding.on_conflict_do_update(
        index_elements=[table.c.owner], set_={document: adding.excluded[document.name]}
    )


_BOOK = select(address_books.c.entries).where(address_books.c.owner == bindparam("owner"))
_WISHES = select(wish_lists.c.watches).where(wish_lists.c.owner == bindparam("owner"))
_SAVE_BOOK = _saving(address_books, address_books.c.entries)
_SAVE_WISHES = _saving(wish_lists, wish_lists.c.watches)
_AT = select(watches.c.slug, watches.c.id).where(
    watches.c.slug.in_(bindparam("slugs", expanding=True))
)


class PostgresAddressBooks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, owner: UserId) -> AddressBook:
        entries = self._transaction.execute(_BOOK, {"owner": owner}).scalar() or ()
        return AddressBook(
            owner,
            tuple(
                KeptAddress(AddressId(UUID(entry["id"])), Address(**entry["address"]))
                for entry in entries
            ),
        )

    def save(self, book: AddressBook) -> None:
        entries = [
            {"id": str(entry.id), "address": asdict(entry.address)} for entry in book.entries
        ]
        self._transaction.execute(_SAVE_BOOK, {"owner": book.owner, "entries": entries})


class PostgresWishLists:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, owner: UserId) -> WishList:
        found = self._transaction.execute(_WISHES, {"owner": owner}).scalar() or ()
        return WishList(owner, tuple(WatchId(UUID(watch)) for watch in found))

    def save(self, wishes: WishList) -> None:
        found = [str(watch) for watch in wishes.watches]
        self._transaction.execute(_SAVE_WISHES, {"owner": wishes.owner, "watches": found})

    def watches_at(self, slugs: Collection[str]) -> Mapping[str, WatchId]:
        rows = self._transaction.execute(_AT, {"slugs": list(slugs)})
        return {row.slug: WatchId(row.id) for row in rows}
