"""A transaction: nothing without commit, all of it at once with it, and rows locked meanwhile."""

from concurrent.futures import Future

import pytest
from tests.harness.racing import race
from tests.harness.records import (
    BRAND,
    a_payment,
    a_user,
    a_watch,
    an_order,
    keep_offer,
    keep_order,
    keep_user,
)

from watchstore.domain.errors import Duplicate
from watchstore.service_layer.ports import ConcurrencyConflict


class Stop(Exception):
    """Leaves a block from inside."""


class TestCommit:
    def test_without_it_everything_is_lost(self, storage):
        user = a_user()
        with storage.begin() as uow:
            uow.users.add(user)
        with storage.begin() as uow:
            assert uow.users.find(user.email) is None

    def test_an_error_loses_everything(self, storage):
        user = a_user()
        with pytest.raises(Stop), storage.begin() as uow:
            uow.users.add(user)
            raise Stop
        with storage.begin() as uow:
            assert uow.users.find(user.email) is None

    def test_what_follows_it_is_lost(self, storage):
        user = keep_user(storage)
        with storage.begin() as uow:
            uow.users.save(user.rename("kept"))
            uow.commit()
        with storage.begin() as uow:
            uow.users.save(user.rename("lost"))
        with storage.begin() as uow:
            assert uow.users.get(user.id).name == "kept"

    def test_nobody_sees_half_of_it(self, storage):
        user, (offer, _) = a_user(), keep_offer(storage)
        order = an_order(offer, buyer=user.id)
        with storage.begin() as uow:
            uow.users.add(user)
            uow.orders.add(order)
            uow.payments.add(a_payment(order))
            assert storage.accounts.account(user.id) is None
            assert storage.orders.order(order.number, None) is None
            uow.commit()
            assert storage.accounts.account(user.id) is not None
            assert storage.orders.order(order.number, None) is not None

    def test_each_unit_of_work_is_its_own(self, storage):
        assert storage.begin() is not storage.begin()


class TestSavepoint:
    def test_undoes_what_was_done_inside(self, storage):
        outside, inside = a_user(), a_user()
        with storage.begin() as uow:
            uow.users.add(outside)
            with pytest.raises(Stop), uow.savepoint():
                uow.users.add(inside)
                uow.users.save(outside.rename("inside"))
                raise Stop
            uow.commit()
        with storage.begin() as uow:
            assert uow.users.get(outside.id) == outside
            assert uow.users.find(inside.email) is None

    def test_keeps_what_was_done_inside_when_all_is_well(self, storage):
        user = a_user()
        with storage.begin() as uow:
            with uow.savepoint():
                uow.users.add(user)
            uow.commit()
        with storage.begin() as uow:
            assert uow.users.get(user.id) == user

    def test_lets_the_transaction_go_on_after_a_refused_statement(self, storage):
        watch = a_watch()
        with storage.begin() as uow:
            uow.watches.keep_brand(BRAND)
            uow.watches.add(watch)
            with pytest.raises(Duplicate), uow.savepoint():
                uow.watches.add(watch)
            uow.commit()
        with storage.begin() as uow:
            assert uow.watches.get(watch.id) == watch


class TestRowLocks:
    def test_get_waits_for_the_rival_and_sees_what_it_did(self, storage, threads, until_waiting):
        user = keep_user(storage)

        def read():
            with storage.begin() as uow:
                return uow.users.get(user.id).name

        with storage.begin() as uow:
            uow.users.save(uow.users.get(user.id).rename("first"))
            rival = threads.submit(read)
            until_waiting(1)
            uow.commit()
        assert rival.result(10) == "first"

    def test_find_waits_too(self, storage, threads, until_waiting):
        user = keep_user(storage)

        def read():
            with storage.begin() as uow:
                return uow.users.find(user.email).name

        with storage.begin() as uow:
            uow.users.save(uow.users.find(user.email).rename("first"))
            rival = threads.submit(read)
            until_waiting(1)
            uow.commit()
        assert rival.result(10) == "first"

    def test_no_update_is_lost(self, storage):
        user = keep_user(storage, name="")

        def add_a_letter():
            with storage.begin() as uow:
                found = uow.users.get(user.id)
                uow.users.save(found.rename(found.name + "x"))
                uow.commit()

        race([add_a_letter] * 16)
        with storage.begin() as uow:
            assert uow.users.get(user.id).name == "x" * 16

    def test_a_circle_of_waiting_is_a_conflict_for_one_of_two(
        self, storage, threads, until_waiting
    ):
        one, two = keep_user(storage), keep_user(storage)

        def lock_two_then_one():
            with storage.begin() as uow:
                uow.users.get(two.id)
                held.set_result(None)
                uow.users.get(one.id)
                uow.commit()

        held: Future[None] = Future()

        def lock_one_then_two():
            with storage.begin() as uow:
                uow.users.get(one.id)
                rival = threads.submit(lock_two_then_one)
                held.result(10)
                until_waiting(1)
                try:
                    uow.users.get(two.id)
                    uow.commit()
                finally:
                    rivals.append(rival)

        rivals = []
        first = threads.submit(lock_one_then_two).exception(30)
        second = rivals[0].exception(30)
        assert sorted(map(type, (first, second)), key=str) == sorted(
            (ConcurrencyConflict, type(None)), key=str
        )

    def test_a_question_never_waits(self, storage):
        user = keep_user(storage)
        offer, _ = keep_offer(storage, 1)
        order = keep_order(storage, offer)
        with storage.begin() as uow:
            uow.users.save(uow.users.get(user.id).rename("unseen"))
            uow.orders.get(order.id)
            uow.offers.get(offer.id)
            assert storage.accounts.account(user.id).name == user.name
            assert storage.orders.order(order.number, None).state == "awaiting_payment"
            assert [row.free for row in storage.office.stock()] == [1]
            with storage.begin() as other:
                assert offer.id in other.offers.for_sale([offer.id])
