"""The in-memory row store keeps what PostgreSQL keeps at READ COMMITTED, and refuses the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Barrier
from time import perf_counter
from typing import TypeVar

import pytest

from watchstore.adapters.memory.store import (
    At,
    Check,
    CheckViolation,
    Deadlock,
    ForeignKeyViolation,
    Index,
    LockTimeout,
    NoSuchSavepoint,
    References,
    Store,
    StoreError,
    Table,
    Transaction,
    TransactionAborted,
    TransactionEnded,
    Unique,
    UniqueViolation,
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


@pytest.fixture
def store() -> Store:
    return Store(SHELVES, BOOKS)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


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

    def test_a_reader_sees_all_of_a_commit_or_nothing(self, store, threads):
        start = Barrier(2)

        def move_prices() -> None:
            start.wait()
            for price in range(2, 200):
                with store.transaction() as tx:
                    for key in range(20):
                        tx.update(BOOKS, key, Book(key, price=price))
                    tx.commit()

        stock(store, *(Book(key) for key in range(20)))
        done = threads.submit(move_prices)
        start.wait()
        while not done.done():
            assert len({book.price for book in committed(store)}) == 1
        done.result()

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
