"""Constraints are kept, whoever races for them."""

from threading import Barrier

import pytest
from tests.unit.adapters.memory_store.library import (
    BOOKS,
    SHELVES,
    Book,
    Shelf,
    committed,
    stock,
    waiting,
)

from watchstore.adapters.memory.store import (
    CheckViolation,
    ForeignKeyViolation,
    StoreError,
    Transaction,
    UniqueViolation,
)


class TestUnique:
    @pytest.mark.parametrize(
        ("book", "name"), [(Book(1), "book_pkey"), (Book(2, isbn="x"), "book_isbn_key")]
    )
    def test_a_taken_value_is_refused_by_name(self, store, book, name):
        stock(store, Book(1, isbn="x"))
        with store.transaction() as tx, pytest.raises(UniqueViolation) as refusal:
            tx.insert(BOOKS, book.id, book)

        assert refusal.value.constraint == name

    def test_own_writes_count(self, store):
        tx = store.transaction()
        tx.insert(BOOKS, 1, Book(1, isbn="x"))

        with pytest.raises(UniqueViolation):
            tx.insert(BOOKS, 2, Book(2, isbn="x"))

    def test_an_update_to_a_taken_value_is_refused(self, store):
        stock(store, Book(1, isbn="x"), Book(2, isbn="y"))

        with store.transaction() as tx, pytest.raises(UniqueViolation):
            tx.update(BOOKS, 2, Book(2, isbn="x"))

    def test_none_is_not_constrained_and_a_row_may_keep_its_value(self, store):
        stock(store, Book(1), Book(2), Book(3, isbn="x"))
        with store.transaction() as tx:
            assert tx.update(BOOKS, 3, Book(3, isbn="x", price=9)) is True

    def test_values_freed_in_the_same_transaction_may_be_taken(self, store):
        stock(store, Book(1, isbn="x"), Book(2, isbn="y"))
        with store.transaction() as tx:
            tx.delete(BOOKS, 1)
            tx.update(BOOKS, 2, Book(2))
            tx.insert(BOOKS, 1, Book(1, isbn="y"))
            tx.insert(BOOKS, 3, Book(3, isbn="x"))
            tx.commit()

        assert committed(store) == [Book(1, isbn="y"), Book(2), Book(3, isbn="x")]

    @pytest.mark.parametrize("rival", [Book(1), Book(2, isbn="x")])
    def test_an_uncommitted_value_is_waited_for_then_refused(self, store, threads, rival):
        first, second = store.transaction(), store.transaction()
        first.insert(BOOKS, 1, Book(1, isbn="x"))
        insert = waiting(store, threads, lambda: second.insert(BOOKS, rival.id, rival))
        first.commit()

        with pytest.raises(UniqueViolation):
            insert.result()

    @pytest.mark.parametrize("rival", [Book(1), Book(2, isbn="x")])
    def test_an_uncommitted_value_is_waited_for_then_taken(self, store, threads, rival):
        first, second = store.transaction(), store.transaction()
        first.insert(BOOKS, 1, Book(1, isbn="x"))
        insert = waiting(store, threads, lambda: second.insert(BOOKS, rival.id, rival))
        first.rollback()
        insert.result()
        second.commit()

        assert committed(store) == [rival]

    def test_an_update_waits_too(self, store, threads):
        stock(store, Book(1), Book(2))
        first, second = store.transaction(), store.transaction()
        first.update(BOOKS, 1, Book(1, isbn="x"))
        update = waiting(store, threads, lambda: second.update(BOOKS, 2, Book(2, isbn="x")))
        first.commit()

        with pytest.raises(UniqueViolation):
            update.result()

    @pytest.mark.parametrize(
        "free_it",
        [
            lambda tx: tx.delete(BOOKS, 1),
            lambda tx: tx.update(BOOKS, 1, Book(1)),
        ],
    )
    def test_a_value_about_to_be_freed_is_waited_for(self, store, threads, free_it):
        stock(store, Book(1, isbn="x"))
        first, second, third = (store.transaction() for _ in range(3))
        free_it(first)
        insert = waiting(store, threads, lambda: second.insert(BOOKS, 2, Book(2, isbn="x")))
        first.commit()
        insert.result()
        second.rollback()

        third.insert(BOOKS, 3, Book(3, isbn="x"))

    def test_a_row_merely_locked_is_not_waited_for(self, store):
        stock(store, Book(1, isbn="x"))
        store.transaction().lock(BOOKS, 1)

        with store.transaction() as tx, pytest.raises(UniqueViolation):
            tx.insert(BOOKS, 2, Book(2, isbn="x"))

    def test_insert_or_ignore_says_whether_it_inserted_and_goes_on(self, store):
        stock(store, Book(1, isbn="x"))
        with store.transaction() as tx:
            assert tx.insert_or_ignore(BOOKS, 1, Book(1, price=9)) is False
            assert tx.insert_or_ignore(BOOKS, 2, Book(2, isbn="x")) is False
            assert tx.insert_or_ignore(BOOKS, 2, Book(2, isbn="y")) is True
            tx.commit()

        assert committed(store) == [Book(1, isbn="x"), Book(2, isbn="y")]

    @pytest.mark.parametrize(
        ("end", "inserted"), [(Transaction.commit, False), (Transaction.rollback, True)]
    )
    def test_insert_or_ignore_waits_likewise(self, store, threads, end, inserted):
        first, second = store.transaction(), store.transaction()
        first.insert(BOOKS, 1, Book(1))
        insert = waiting(store, threads, lambda: second.insert_or_ignore(BOOKS, 1, Book(1)))
        end(first)

        assert insert.result() is inserted

    def test_one_of_many_racing_for_a_value_gets_it(self, store, threads):
        start = Barrier(8)

        def insert(key: int) -> bool:
            start.wait()
            with store.transaction() as tx:
                inserted = tx.insert_or_ignore(BOOKS, key, Book(key, isbn="x"))
                tx.commit()
                return inserted

        assert sum(threads.map(insert, range(8))) == 1
        assert len(committed(store)) == 1


class TestForeignKeysAndChecks:
    @pytest.mark.parametrize(
        "write",
        [
            lambda tx, book: tx.insert(BOOKS, 2, book),
            lambda tx, book: tx.insert_or_ignore(BOOKS, 2, book),
            lambda tx, book: tx.update(BOOKS, 1, book),
        ],
    )
    @pytest.mark.parametrize(
        ("book", "error", "name"),
        [
            (Book(2, shelf=7), ForeignKeyViolation, "book_shelf_fkey"),
            (Book(2, price=0), CheckViolation, "book_price_check"),
        ],
    )
    def test_a_breach_is_refused_by_name_and_leaves_nothing(self, store, write, book, error, name):
        stock(store, Book(1))
        tx = store.transaction()
        with pytest.raises(error) as refusal:
            write(tx, book)

        assert refusal.value.constraint == name
        assert isinstance(refusal.value, StoreError)
        assert committed(store) == [Book(1)]

    def test_a_parent_in_the_same_transaction_will_do(self, store):
        stock(store, Book(1, shelf=1), shelves=(1,))

        assert committed(store) == [Book(1, shelf=1)]

    def test_a_parent_not_committed_by_another_will_not(self, store):
        store.transaction().insert(SHELVES, 1, Shelf(1))

        with store.transaction() as tx, pytest.raises(ForeignKeyViolation):
            tx.insert(BOOKS, 1, Book(1, shelf=1))

    def test_a_parent_with_children_stays(self, store):
        stock(store, Book(1, shelf=1), shelves=(1, 2))
        with store.transaction() as tx:
            assert tx.delete(SHELVES, 2) is True
            with pytest.raises(ForeignKeyViolation) as refusal:
                tx.delete(SHELVES, 1)

        assert refusal.value.constraint == "book_shelf_fkey"

    def test_a_parent_may_follow_its_children(self, store):
        stock(store, Book(1, shelf=1), Book(2, shelf=1), shelves=(1, 2))
        with store.transaction() as tx:
            tx.delete(BOOKS, 1)
            tx.update(BOOKS, 2, Book(2, shelf=2))
            assert tx.delete(SHELVES, 1) is True
            tx.commit()

        assert committed(store) == [Book(2, shelf=2)]

    @pytest.mark.parametrize("end", [Transaction.commit, Transaction.rollback])
    def test_deleting_a_parent_waits_for_a_child_on_its_way(self, store, threads, end):
        stock(store, shelves=(1,))
        first, second = store.transaction(), store.transaction()
        first.insert(BOOKS, 1, Book(1, shelf=1))
        delete = waiting(store, threads, lambda: second.delete(SHELVES, 1))
        end(first)

        if end is Transaction.commit:
            with pytest.raises(ForeignKeyViolation):
                delete.result()
        else:
            assert delete.result() is True

    def test_a_child_waits_for_its_parent_to_be_deleted(self, store, threads):
        stock(store, shelves=(1,))
        first, second = store.transaction(), store.transaction()
        first.delete(SHELVES, 1)
        insert = waiting(store, threads, lambda: second.insert(BOOKS, 1, Book(1, shelf=1)))
        first.commit()

        with pytest.raises(ForeignKeyViolation):
            insert.result()

    @pytest.mark.parametrize(
        "leave",
        [lambda tx: tx.delete(BOOKS, 1), lambda tx: tx.update(BOOKS, 1, Book(1, shelf=2))],
    )
    def test_deleting_a_parent_waits_for_a_locked_child_to_leave(self, store, threads, leave):
        stock(store, Book(1, shelf=1), shelves=(1, 2))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)
        leave(first)
        delete = waiting(store, threads, lambda: second.delete(SHELVES, 1))
        first.commit()

        assert delete.result() is True

    def test_children_of_one_parent_and_its_update_do_not_wait_for_each_other(self, store):
        stock(store, shelves=(1,))
        first, second, third = (store.transaction() for _ in range(3))
        first.insert(BOOKS, 1, Book(1, shelf=1))
        second.insert(BOOKS, 2, Book(2, shelf=1))
        third.update(SHELVES, 1, Shelf(1))
        for tx in (first, second, third):
            tx.commit()

        assert len(committed(store)) == 2

    def test_an_unchanged_reference_is_not_locked_again(self, store):
        stock(store, Book(1, shelf=1), shelves=(1,))
        first, second = store.transaction(), store.transaction()
        first.lock(SHELVES, 1)

        assert second.update(BOOKS, 1, Book(1, shelf=1, price=9)) is True
