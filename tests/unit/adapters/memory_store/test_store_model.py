"""One transaction after another, with savepoints, against a model that copies dictionaries."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.harness.torture import repetitions
from tests.unit.adapters.memory_store.library import BOOKS, SHELVES, Book, Shelf

from watchstore.adapters.memory.store import (
    At,
    CheckViolation,
    ConstraintViolation,
    ForeignKeyViolation,
    Savepoint,
    Store,
    StoreError,
    TransactionAborted,
    UniqueViolation,
)

keys = st.integers(1, 4)
books = st.builds(
    Book,
    id=keys,
    shelf=st.none() | keys,
    isbn=st.none() | st.sampled_from("xyz"),
    price=st.integers(0, 9),
    taker=st.none() | st.just("ann"),
)


@dataclass
class Model:
    """Constraints told as plainly as possible, over copies of everything."""

    books: dict[int, Book] = field(default_factory=dict)
    shelves: set[int] = field(default_factory=set)

    def copy(self) -> "Model":
        return Model(dict(self.books), set(self.shelves))

    def clash(self, book: Book, *, new: bool) -> bool:
        others = [other for other in self.books.values() if other.id != book.id]
        same_isbn = book.isbn is not None and book.isbn in {other.isbn for other in others}
        return (new and book.id in self.books) or same_isbn

    def fault(self, book: Book, *, new: bool) -> type[ConstraintViolation] | None:
        if book.price <= 0:
            return CheckViolation
        if self.clash(book, new=new):
            return UniqueViolation
        if book.shelf is not None and book.shelf not in self.shelves:
            return ForeignKeyViolation
        return None


class OneAfterAnother(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.store = Store(SHELVES, BOOKS)
        self.committed = Model()
        self.begin()

    def begin(self) -> None:
        self.tx = self.store.transaction()
        self.now = self.committed.copy()
        self.savepoints: list[tuple[Savepoint, Model]] = []
        self.failed = False

    def expect(self, fault: type[ConstraintViolation] | None, call: Callable[[], object]) -> bool:
        """Run a statement; True if it was right to succeed."""
        refusal: type[StoreError] | None = None
        expected = TransactionAborted if self.failed else fault
        try:
            call()
        except StoreError as error:
            refusal = type(error)
            self.fail()
        assert refusal is expected
        return refusal is None

    def fail(self) -> None:
        self.failed = True
        self.now = (self.savepoints[-1][1] if self.savepoints else self.committed).copy()

    @rule(key=keys)
    def insert_shelf(self, key: int) -> None:
        fault = UniqueViolation if key in self.now.shelves else None
        if self.expect(fault, lambda: self.tx.insert(SHELVES, key, Shelf(key))):
            self.now.shelves.add(key)

    @rule(key=keys)
    def delete_shelf(self, key: int) -> None:
        used = key in {book.shelf for book in self.now.books.values()}
        fault = ForeignKeyViolation if used else None
        if self.expect(fault, lambda: self.tx.delete(SHELVES, key)):
            self.now.shelves.discard(key)

    @rule(book=books)
    def insert(self, book: Book) -> None:
        fault = self.now.fault(book, new=True)
        if self.expect(fault, lambda: self.tx.insert(BOOKS, book.id, book)):
            self.now.books[book.id] = book

    @rule(book=books)
    def insert_or_ignore(self, book: Book) -> None:
        answers: list[bool] = []
        fault = self.now.fault(book, new=True)
        fault = None if fault is UniqueViolation else fault
        ran = self.expect(
            fault, lambda: answers.append(self.tx.insert_or_ignore(BOOKS, book.id, book))
        )
        if ran:
            assert answers == [not self.now.clash(book, new=True)]
            if answers == [True]:
                self.now.books[book.id] = book

    @rule(book=books)
    def update(self, book: Book) -> None:
        exists = book.id in self.now.books
        fault = self.now.fault(book, new=False) if exists else None
        if self.expect(fault, lambda: self.tx.update(BOOKS, book.id, book)) and exists:
            self.now.books[book.id] = book

    @rule(key=keys)
    def delete(self, key: int) -> None:
        if self.expect(None, lambda: self.tx.delete(BOOKS, key)):
            self.now.books.pop(key, None)

    @precondition(lambda self: not self.failed)
    @rule()
    def savepoint(self) -> None:
        self.savepoints.append((self.tx.savepoint(), self.now.copy()))

    @precondition(lambda self: self.savepoints)
    @rule(data=st.data())
    def roll_back_to_savepoint(self, data: st.DataObject) -> None:
        position = data.draw(st.integers(0, len(self.savepoints) - 1))
        del self.savepoints[position + 1 :]
        savepoint, then = self.savepoints[position]
        savepoint.rollback_to()
        self.now, self.failed = then.copy(), False

    @precondition(lambda self: self.savepoints and not self.failed)
    @rule(data=st.data())
    def release_savepoint(self, data: st.DataObject) -> None:
        position = data.draw(st.integers(0, len(self.savepoints) - 1))
        self.savepoints[position][0].release()
        del self.savepoints[position:]

    @rule()
    def commit(self) -> None:
        if self.expect(None, self.tx.commit):
            self.committed = self.now
        self.begin()

    @rule()
    def roll_back(self) -> None:
        self.tx.rollback()
        self.begin()

    @precondition(lambda self: not self.failed)
    @invariant()
    def the_transaction_sees_what_it_wrote(self) -> None:
        seen = self.tx.scan(BOOKS)
        assert {book.id: book for book in seen} == self.now.books
        assert len(seen) == len(self.now.books)
        assert {shelf.id for shelf in self.tx.scan(SHELVES)} == self.now.shelves
        for taker in (None, "ann"):
            found = self.tx.scan(BOOKS, at=At("book_taker_idx", taker))
            assert {book for book in seen if book.taker == taker} == set(found)
        for key in range(1, 5):
            assert self.tx.get(BOOKS, key) == self.now.books.get(key)

    @invariant()
    def others_see_what_is_committed(self) -> None:
        with self.store.transaction() as other:
            assert {book.id: book for book in other.scan(BOOKS)} == self.committed.books
            assert {shelf.id for shelf in other.scan(SHELVES)} == self.committed.shelves


TestOneAfterAnother = OneAfterAnother.TestCase
TestOneAfterAnother.settings = settings(max_examples=repetitions(150), stateful_step_count=40)
