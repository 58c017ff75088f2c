"""What a transaction sees, and what is left of it."""

from concurrent.futures import Future, wait
from datetime import UTC, datetime
from threading import Event
from time import perf_counter

import pytest
from tests.unit.adapters.memory_store.library import BOOKS, Book, by_id, committed, stock

from watchstore.adapters.memory.store import (
    At,
    Index,
    Store,
    Table,
    Transaction,
    TransactionAborted,
    TransactionEnded,
    Unique,
    UniqueViolation,
)


class TestVisibility:
    def test_what_is_not_committed_is_lost(self, store):
        with store.transaction() as tx:
            tx.insert(BOOKS, 1, Book(1))
            assert tx.get(BOOKS, 1) == Book(1)

        assert committed(store) == []

    def test_rollback_loses_every_kind_of_write(self, store):
        stock(store, Book(1), Book(2))
        tx = store.transaction()
        tx.update(BOOKS, 1, Book(1, price=9))
        tx.delete(BOOKS, 2)
        tx.insert(BOOKS, 3, Book(3))
        tx.rollback()

        assert committed(store) == [Book(1), Book(2)]

    def test_others_see_a_write_once_committed_even_in_an_open_transaction(self, store):
        reader, writer = store.transaction(), store.transaction()
        writer.insert(BOOKS, 1, Book(1))
        assert reader.get(BOOKS, 1) is None

        writer.commit()

        assert reader.get(BOOKS, 1) == Book(1)

    def test_a_reader_does_not_wait_for_a_writer(self, store):
        stock(store, Book(1))
        writer, reader = store.transaction(), store.transaction()
        writer.update(BOOKS, 1, Book(1, price=9))

        assert reader.get(BOOKS, 1) == Book(1)
        assert reader.scan(BOOKS) == [Book(1)]

    def test_scan_sees_own_writes_in_place(self, store):
        stock(store, Book(1), Book(2), Book(3))
        with store.transaction() as tx:
            tx.insert(BOOKS, 4, Book(4))
            tx.delete(BOOKS, 2)
            tx.update(BOOKS, 1, Book(1, price=9))

            assert tx.scan(BOOKS) == [Book(1, price=9), Book(3), Book(4)]
            assert tx.scan(BOOKS, lambda book: book.price > 1) == [Book(1, price=9)]

    def test_an_index_honours_own_writes(self, store):
        stock(store, Book(1, taker="ann"), Book(2, taker="ann"), Book(3))
        with store.transaction() as tx:
            tx.update(BOOKS, 1, Book(1))
            tx.update(BOOKS, 3, Book(3, taker="ann"))
            tx.insert(BOOKS, 4, Book(4, taker="ann"))

            assert tx.scan(BOOKS, at=At("book_taker_idx", "ann")) == [
                Book(2, taker="ann"),
                Book(3, taker="ann"),
                Book(4, taker="ann"),
            ]
            assert tx.scan(BOOKS, at=At("book_taker_idx", None)) == [Book(1)]

    def test_an_index_is_kept_in_step_by_commits(self, store):
        stock(store, Book(1, taker="ann"), Book(2, taker="ann"), Book(3, taker="ann"))
        with store.transaction() as tx:
            tx.update(BOOKS, 1, Book(1, taker="bob"))
            tx.delete(BOOKS, 2)
            tx.commit()

        with store.transaction() as tx:
            assert tx.scan(BOOKS, at=At("book_taker_idx", "ann")) == [Book(3, taker="ann")]
            assert tx.scan(BOOKS, at=At("book_taker_idx", "bob")) == [Book(1, taker="bob")]

    def test_a_reader_sees_all_of_a_commit_or_nothing(self, threads):
        committing = Event()
        readers: list[Future[list[Book]]] = []

        def read_meanwhile(_: Book) -> None:
            if committing.is_set():
                readers.append(threads.submit(lambda: store.transaction().scan(books)))
                wait(readers, timeout=0.05)

        books = Table[int, Book]("book", indexes=(Index("meanwhile", read_meanwhile),))
        store = Store(books)
        with store.transaction() as tx:
            tx.insert(books, 1, Book(1))
            tx.insert(books, 2, Book(2))
            committing.set()
            tx.commit()

        assert len(readers) == 2
        assert {len(reader.result()) for reader in readers} <= {0, 2}

    def test_two_thousand_rows_take_little(self, store):
        start = perf_counter()
        stock(store, *(Book(key, isbn=str(key)) for key in range(2000)))
        assert len(committed(store)) == 2000
        assert perf_counter() - start < 1


class TestEnd:
    @pytest.mark.parametrize("end", [Transaction.commit, Transaction.rollback])
    @pytest.mark.parametrize(
        "use",
        [
            lambda tx: tx.get(BOOKS, 1),
            lambda tx: tx.scan(BOOKS),
            lambda tx: tx.lock(BOOKS, 1),
            lambda tx: tx.lock_where(BOOKS),
            lambda tx: tx.insert(BOOKS, 1, Book(1)),
            lambda tx: tx.insert_or_ignore(BOOKS, 1, Book(1)),
            lambda tx: tx.update(BOOKS, 1, Book(1)),
            lambda tx: tx.delete(BOOKS, 1),
            lambda tx: tx.savepoint(),
            lambda tx: tx.commit(),
        ],
    )
    def test_an_ended_transaction_refuses_use(self, store, end, use):
        tx = store.transaction()
        end(tx)

        with pytest.raises(TransactionEnded):
            use(tx)

    def test_rollback_is_idempotent_and_keeps_what_was_committed(self, store):
        tx = store.transaction()
        tx.insert(BOOKS, 1, Book(1))
        tx.commit()
        tx.rollback()
        tx.rollback()

        assert committed(store) == [Book(1)]

    def test_after_a_failed_statement_only_rollback_is_allowed(self, store):
        stock(store, Book(1))
        tx = store.transaction()
        tx.insert(BOOKS, 2, Book(2))
        with pytest.raises(UniqueViolation):
            tx.insert(BOOKS, 1, Book(1))

        with pytest.raises(TransactionAborted):
            tx.get(BOOKS, 1)
        with pytest.raises(TransactionAborted):
            tx.commit()
        assert committed(store) == [Book(1)]

    def test_a_failed_statement_lets_go_of_locks_at_once(self, store):
        stock(store, Book(1))
        failed, other = store.transaction(), store.transaction()
        failed.lock(BOOKS, 1)
        with pytest.raises(UniqueViolation):
            failed.insert(BOOKS, 1, Book(1))

        assert other.lock_where(BOOKS, skip_locked=True) == [Book(1)]


class TestDeclaration:
    def test_two_constraints_of_one_name_are_refused(self):
        with pytest.raises(ValueError, match="share a name"):
            Table[int, Book]("book", unique=(Unique("x", by_id),), indexes=(Index("x", by_id),))

    def test_a_reference_to_no_table_is_refused(self):
        with pytest.raises(ValueError, match="book_shelf_fkey refers to no table"):
            Store(BOOKS)

    def test_the_clock_is_the_databases(self):
        noon = datetime(2030, 1, 1, 12, tzinfo=UTC)

        assert Store(clock=lambda: noon).clock() == noon
        assert Store().clock().tzinfo is UTC
