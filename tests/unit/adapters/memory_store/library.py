"""A library of books on shelves: tables for the store to keep."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from watchstore.adapters.memory.store import (
    Check,
    Index,
    References,
    Store,
    Table,
    Unique,
)


@dataclass(frozen=True, slots=True)
class Shelf:
    id: int


@dataclass(frozen=True, slots=True)
class Book:
    id: int
    shelf: int | None = None
    isbn: str | None = None
    price: int = 1
    taker: str | None = None


SHELVES = Table[int, Shelf]("shelf")
BOOKS = Table[int, Book](
    "book",
    unique=(Unique("book_isbn_key", lambda book: book.isbn),),
    references=(References("book_shelf_fkey", lambda book: book.shelf, "shelf"),),
    checks=(Check("book_price_check", lambda book: book.price > 0),),
    indexes=(Index("book_taker_idx", lambda book: book.taker),),
)


def stock(store: Store, *books: Book, shelves: tuple[int, ...] = ()) -> None:
    with store.transaction() as tx:
        for shelf in shelves:
            tx.insert(SHELVES, shelf, Shelf(shelf))
        for book in books:
            tx.insert(BOOKS, book.id, book)
        tx.commit()


def committed(store: Store) -> list[Book]:
    with store.transaction() as tx:
        return tx.scan(BOOKS)


T = TypeVar("T")


def waiting(store: Store, threads: ThreadPoolExecutor, call: Callable[[], T]) -> Future[T]:
    """Start a call in a thread and return once it waits for another transaction."""
    future = threads.submit(call)
    assert store.until_waiting(1)
    assert not future.done()
    return future


def free(book: Book) -> bool:
    return book.taker is None


def by_id(book: Book) -> int:
    return book.id
