"""Row locks wait, skip, ask again, and find circles."""

from dataclasses import replace
from threading import Barrier

import pytest
from tests.unit.adapters.memory_store.library import (
    BOOKS,
    SHELVES,
    Book,
    by_id,
    committed,
    free,
    stock,
    waiting,
)

from watchstore.adapters.memory.store import (
    At,
    Deadlock,
    LockTimeout,
    Store,
    Transaction,
    TransactionAborted,
)


class TestRowLocks:
    @pytest.mark.parametrize("end", [Transaction.commit, Transaction.rollback])
    def test_lock_waits_and_reads_the_latest_version(self, store, threads, end):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        first.update(BOOKS, 1, Book(1, price=9))
        second_lock = waiting(store, threads, lambda: second.lock(BOOKS, 1))

        end(first)

        expected = Book(1, price=9) if end is Transaction.commit else Book(1)
        assert second_lock.result() == expected

    def test_lock_of_a_row_deleted_meanwhile_finds_nothing_and_holds_nothing(self, store, threads):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        first.delete(BOOKS, 1)
        second_lock = waiting(store, threads, lambda: second.lock(BOOKS, 1))
        first.commit()
        assert second_lock.result() is None

        stock(store, Book(1))
        assert store.transaction().lock_where(BOOKS, skip_locked=True) == [Book(1)]

    def test_what_is_missing_or_not_visible_yet_is_not_waited_for(self, store):
        other, tx = store.transaction(), store.transaction()
        other.insert(BOOKS, 1, Book(1))

        assert tx.lock(BOOKS, 1) is None
        assert tx.update(BOOKS, 1, Book(1)) is False
        assert tx.delete(BOOKS, 1) is False

    def test_update_waits_for_the_lock_but_a_stale_read_still_loses_a_write(self, store, threads):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        stale = second.get(BOOKS, 1)
        first.update(BOOKS, 1, Book(1, taker="ann"))
        update = waiting(store, threads, lambda: second.update(BOOKS, 1, replace(stale, price=9)))
        first.commit()
        assert update.result() is True
        second.commit()

        assert committed(store) == [Book(1, price=9)]

    def test_update_of_a_row_deleted_meanwhile_changes_nothing(self, store, threads):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        first.delete(BOOKS, 1)
        update = waiting(store, threads, lambda: second.update(BOOKS, 1, Book(1, price=9)))
        first.commit()

        assert update.result() is False

    def test_a_lock_is_held_until_the_end_and_can_be_taken_again(self, store, threads):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        assert first.lock(BOOKS, 1) == first.lock(BOOKS, 1) == Book(1)
        second_lock = waiting(store, threads, lambda: second.lock(BOOKS, 1))
        first.rollback()

        assert second_lock.result() == Book(1)

    def test_different_rows_do_not_wait_for_each_other(self, store):
        stock(store, Book(1), Book(2))
        first, second = store.transaction(), store.transaction()
        first.update(BOOKS, 1, Book(1, price=9))
        second.update(BOOKS, 2, Book(2, price=9))
        second.commit()
        first.commit()

        assert [book.price for book in committed(store)] == [9, 9]

    def test_a_wait_ends_at_the_lock_timeout(self):
        store = Store(SHELVES, BOOKS, lock_timeout=0.01)
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)

        with pytest.raises(LockTimeout):
            second.lock(BOOKS, 1)
        with pytest.raises(TransactionAborted):
            second.get(BOOKS, 1)

    def test_nothing_is_lost_when_all_increment_under_lock(self, store, threads):
        stock(store, Book(1))
        start = Barrier(8)

        def increment() -> None:
            start.wait()
            for _ in range(25):
                with store.transaction() as tx:
                    book = tx.lock(BOOKS, 1)
                    tx.update(BOOKS, 1, replace(book, price=book.price + 1))
                    tx.commit()

        for done in [threads.submit(increment) for _ in range(8)]:
            done.result()

        assert committed(store) == [Book(1, price=201)]


class TestLockWhere:
    def test_skip_locked_takes_other_rows_up_to_the_limit(self, store):
        stock(store, *(Book(key) for key in range(1, 6)))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)
        first.lock(BOOKS, 3)

        taken = second.lock_where(BOOKS, free, skip_locked=True, limit=2, order=by_id)

        assert taken == [Book(2), Book(4)]
        third = store.transaction()
        assert third.lock_where(BOOKS, free, skip_locked=True) == [Book(5)]

    def test_order_decides_who_is_taken_first(self, store):
        stock(store, Book(1, price=3), Book(2, price=1), Book(3, price=2))

        taken = store.transaction().lock_where(BOOKS, limit=2, order=lambda book: book.price)

        assert [book.id for book in taken] == [2, 3]

    def test_a_limit_of_nothing_locks_nothing(self, store):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()

        assert first.lock_where(BOOKS, limit=0) == []
        assert second.lock_where(BOOKS, skip_locked=True) == [Book(1)]

    def test_a_row_that_no_longer_matches_after_the_wait_gives_way_to_the_next(
        self, store, threads
    ):
        stock(store, Book(1), Book(2), Book(3))
        first, second = store.transaction(), store.transaction()
        first.update(BOOKS, 1, Book(1, taker="ann"))
        first.delete(BOOKS, 2)
        taken = waiting(
            store, threads, lambda: second.lock_where(BOOKS, free, limit=1, order=by_id)
        )
        first.commit()

        assert taken.result() == [Book(3)]

    def test_a_row_that_still_matches_after_the_wait_comes_in_its_latest_version(
        self, store, threads
    ):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        first.update(BOOKS, 1, Book(1, price=9))
        taken = waiting(store, threads, lambda: second.lock_where(BOOKS, free))
        first.commit()

        assert taken.result() == [Book(1, price=9)]

    def test_the_index_is_asked_again_after_the_wait(self, store, threads):
        stock(store, Book(1, taker="ann"))
        first, second = store.transaction(), store.transaction()
        first.update(BOOKS, 1, Book(1, taker="bob"))
        taken = waiting(
            store, threads, lambda: second.lock_where(BOOKS, at=At("book_taker_idx", "ann"))
        )
        first.commit()

        assert taken.result() == []

    def test_a_row_committed_during_the_wait_is_not_seen(self, store, threads):
        stock(store, Book(1))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)
        taken = waiting(store, threads, lambda: second.lock_where(BOOKS))
        first.insert(BOOKS, 2, Book(2))
        first.commit()

        assert taken.result() == [Book(1)]

    def test_the_callers_code_runs_while_others_go_on(self, store, threads):
        stock(store, Book(1))

        def commits_elsewhere(_: Book) -> bool:
            threads.submit(stock, store, Book(2)).result(timeout=5)
            return True

        assert store.transaction().scan(BOOKS, commits_elsewhere) == [Book(1)]

    def test_each_piece_has_one_taker_when_many_race(self, store, threads):
        stock(store, *(Book(key) for key in range(5)))
        start = Barrier(8)

        def take(taker: str) -> list[int]:
            start.wait()
            with store.transaction() as tx:
                found = tx.lock_where(BOOKS, free, skip_locked=True, limit=1)
                for book in found:
                    tx.update(BOOKS, book.id, replace(book, taker=taker))
                tx.commit()
                return [book.id for book in found]

        takings = [threads.submit(take, f"buyer {n}") for n in range(8)]

        taken = [key for future in takings for key in future.result()]
        assert len(taken) == len(set(taken)) <= 5
        assert sum(not free(book) for book in committed(store)) == len(taken)


class TestDeadlock:
    def test_the_later_waiter_is_refused_and_the_other_goes_on(self, store, threads):
        stock(store, Book(1), Book(2))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)
        second.update(BOOKS, 2, Book(2, price=9))
        wait = waiting(store, threads, lambda: first.lock(BOOKS, 2))

        with pytest.raises(Deadlock):
            second.lock(BOOKS, 1)

        assert wait.result() == Book(2)
        with pytest.raises(TransactionAborted):
            second.get(BOOKS, 1)

    def test_a_circle_of_three_is_found(self, store, threads):
        stock(store, Book(1), Book(2), Book(3))
        first, second, third = (store.transaction() for _ in range(3))
        for key, tx in enumerate((first, second, third), 1):
            tx.lock(BOOKS, key)
        one = threads.submit(first.lock, BOOKS, 2)
        two = threads.submit(second.lock, BOOKS, 3)
        assert store.until_waiting(2)

        with pytest.raises(Deadlock):
            third.lock(BOOKS, 1)
        assert two.result() == Book(3)
        second.rollback()
        assert one.result() == Book(2)

    def test_unique_values_count_as_well(self, store, threads):
        first, second = store.transaction(), store.transaction()
        first.insert(BOOKS, 1, Book(1))
        second.insert(BOOKS, 2, Book(2))
        wait = waiting(store, threads, lambda: first.insert(BOOKS, 2, Book(2)))

        with pytest.raises(Deadlock):
            second.insert(BOOKS, 1, Book(1))
        wait.result()

    def test_a_queue_is_no_circle(self, store, threads):
        stock(store, Book(1))
        first, second, third = (store.transaction() for _ in range(3))
        first.lock(BOOKS, 1)

        def lock_and_end(tx: Transaction) -> Book | None:
            with tx:
                return tx.lock(BOOKS, 1)

        waits = [threads.submit(lock_and_end, tx) for tx in (second, third)]
        assert store.until_waiting(2)
        first.commit()

        assert [wait.result() for wait in waits] == [Book(1), Book(1)]

    def test_back_at_a_savepoint_the_victim_may_go_on(self, store, threads):
        stock(store, Book(1), Book(2))
        first, second = store.transaction(), store.transaction()
        first.lock(BOOKS, 1)
        second.insert(BOOKS, 3, Book(3))
        savepoint = second.savepoint()
        second.lock(BOOKS, 2)
        wait = waiting(store, threads, lambda: first.lock(BOOKS, 2))
        with pytest.raises(Deadlock):
            second.lock(BOOKS, 1)
        wait.result()

        savepoint.rollback_to()
        second.commit()

        assert Book(3) in committed(store)
