"""Going back to a savepoint undoes and unlocks."""

from contextlib import suppress

import pytest
from tests.unit.adapters.memory_store.library import BOOKS, Book, committed, stock, waiting

from watchstore.adapters.memory.store import (
    NoSuchSavepoint,
    TransactionEnded,
    UniqueViolation,
)


class TestSavepoint:
    def test_going_back_undoes_writes_of_every_kind(self, store):
        stock(store, Book(1), Book(2))
        with store.transaction() as tx:
            tx.update(BOOKS, 1, Book(1, price=2))
            savepoint = tx.savepoint()
            tx.update(BOOKS, 1, Book(1, price=3))
            tx.delete(BOOKS, 2)
            tx.insert(BOOKS, 3, Book(3))
            savepoint.rollback_to()
            tx.commit()

        assert committed(store) == [Book(1, price=2), Book(2)]

    def test_going_back_releases_later_locks_only(self, store, threads):
        stock(store, Book(1), Book(2))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)
        savepoint = first.savepoint()
        first.lock(BOOKS, 1)
        first.lock(BOOKS, 2)
        wait = waiting(store, threads, lambda: second.lock(BOOKS, 2))

        savepoint.rollback_to()

        assert wait.result() == Book(2)
        assert store.transaction().lock_where(BOOKS, skip_locked=True) == []

    def test_going_back_frees_a_unique_value_someone_waits_for(self, store, threads):
        first, second = store.transaction(), store.transaction()
        savepoint = first.savepoint()
        first.insert(BOOKS, 1, Book(1, isbn="x"))
        insert = waiting(store, threads, lambda: second.insert(BOOKS, 2, Book(2, isbn="x")))
        savepoint.rollback_to()

        insert.result()

    def test_going_back_twice_and_after_a_failure(self, store):
        stock(store, Book(1))
        with store.transaction() as tx:
            savepoint = tx.savepoint()
            for _ in range(2):
                with pytest.raises(UniqueViolation):
                    tx.insert(BOOKS, 1, Book(1))
                savepoint.rollback_to()
            tx.insert(BOOKS, 2, Book(2))
            tx.commit()

        assert committed(store) == [Book(1), Book(2)]

    def test_a_block_goes_back_on_an_exception_and_keeps_otherwise(self, store):
        with store.transaction() as tx:
            with tx.savepoint():
                tx.insert(BOOKS, 1, Book(1))
            with suppress(UniqueViolation), tx.savepoint():
                tx.insert(BOOKS, 2, Book(2))
                tx.insert(BOOKS, 1, Book(1))
            tx.commit()

        assert committed(store) == [Book(1)]

    def test_a_block_may_go_back_and_go_on(self, store):
        with store.transaction() as tx:
            with tx.savepoint() as savepoint:
                tx.insert(BOOKS, 1, Book(1))
                savepoint.rollback_to()
                tx.insert(BOOKS, 2, Book(2))
            tx.commit()

        assert committed(store) == [Book(2)]

    def test_a_block_can_outlive_its_transaction(self, store):
        tx = store.transaction()
        with tx.savepoint() as savepoint:
            tx.commit()

        with pytest.raises(TransactionEnded):
            savepoint.rollback_to()

    def test_a_released_savepoint_is_part_of_the_one_around_it(self, store):
        with store.transaction() as tx:
            outer = tx.savepoint()
            inner = tx.savepoint()
            tx.insert(BOOKS, 1, Book(1))
            inner.release()
            assert tx.get(BOOKS, 1) == Book(1)
            outer.rollback_to()
            tx.commit()

        assert committed(store) == []

    def test_a_later_savepoint_is_gone_after_going_back(self, store):
        with store.transaction() as tx:
            outer = tx.savepoint()
            inner = tx.savepoint()
            outer.rollback_to()

            with pytest.raises(NoSuchSavepoint):
                inner.rollback_to()
