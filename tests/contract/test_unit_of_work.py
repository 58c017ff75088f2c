"""A transaction: nothing without commit, all of it at once with it, and rows locked meanwhile."""

from concurrent.futures import Future
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.harness.racing import answers, race
from tests.harness.records import (
    BRAND,
    NOW,
    a_cart,
    a_payment,
    a_piece,
    a_serial,
    a_session,
    a_user,
    a_watch,
    an_offer,
    an_order,
    keep_offer,
    keep_order,
    keep_user,
    put_offer,
)

from watchstore.domain import Brand, Email, OrderId, Purpose, Reference, Token, UserId, WatchId
from watchstore.domain.errors import Duplicate, InvalidToken, NotFound
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


class TestRefusals:
    def test_what_is_missing_is_not_found(self, storage):
        nothing = uuid4()
        with storage.begin() as uow:
            for get in (
                uow.users.get,
                uow.watches.get,
                uow.offers.get,
                uow.pieces.get,
                uow.orders.get,
                uow.payments.get,
                uow.payments.of_order,
            ):
                with pytest.raises(NotFound):
                    get(nothing)
            assert uow.users.find(Email("nobody@example.com")) is None
            assert uow.watches.find("Nobody", Reference("X1")) is None
            assert uow.orders.find(an_order(an_offer(a_watch())).number) is None
            assert uow.carts.find(owner=UserId(nothing)) is None
            assert uow.carts.find(secret_hash="0" * 64) is None
            assert uow.carts.find() is None

    def test_a_token_of_another_purpose_is_as_good_as_none(self, storage):
        user = keep_user(storage)
        with storage.begin() as uow:
            uow.tokens.add(Token("a" * 64, Purpose.VERIFY_EMAIL, user.id, NOW))
            with pytest.raises(InvalidToken):
                uow.tokens.get("a" * 64, Purpose.RESET_PASSWORD)
            with pytest.raises(InvalidToken):
                uow.tokens.get("b" * 64, Purpose.VERIFY_EMAIL)

    @pytest.mark.parametrize("same", ["reference", "slug"])
    def test_a_watch_is_in_the_catalogue_once(self, storage, same):
        watch, other = a_watch(reference=Reference("AB-12")), a_watch()
        if same == "reference":
            other = replace(other, reference=Reference("ab 12"))
        else:
            other = replace(other, slug=watch.slug)
        with storage.begin() as uow:
            uow.watches.keep_brand(BRAND)
            uow.watches.add(watch)
            with pytest.raises(Duplicate):
                uow.watches.add(other)

    def test_a_serial_number_is_in_a_brands_stock_once(self, storage):
        with storage.begin() as uow:
            one, two = put_offer(uow), put_offer(uow)
            uow.pieces.add([a_piece(one, serial=a_serial("S1")), a_piece(one), a_piece(one)])
            with pytest.raises(Duplicate):
                uow.pieces.add([a_piece(two, serial=a_serial("s1"))])

    def test_another_brand_may_use_the_same_serial_number(self, storage):
        other = Brand.named("Casio")
        with storage.begin() as uow:
            one = put_offer(uow)
            uow.watches.keep_brand(other)
            watch = a_watch(brand=other.name)
            uow.watches.add(watch)
            two = put_offer(uow, watch=watch)
            for offer in (one, two):
                uow.pieces.add([a_piece(offer, serial=a_serial("S1"))])

    @pytest.mark.parametrize("what", ["session", "watch", "offer", "piece", "payment", "cart"])
    def test_nothing_refers_to_what_is_missing(self, storage, what):
        add = {
            "session": lambda uow: uow.sessions.add(a_session(a_user())),
            "watch": lambda uow: uow.watches.add(a_watch(brand="Nobody")),
            "offer": lambda uow: uow.offers.add(an_offer(a_watch(id=WatchId(uuid4())))),
            "piece": lambda uow: uow.pieces.add([a_piece(an_offer(a_watch()))]),
            "payment": lambda uow: uow.payments.add(a_payment(an_order(an_offer(a_watch())))),
            "cart": lambda uow: uow.carts.add(a_cart(owner=UserId(uuid4()))),
        }[what]
        with pytest.raises(NotFound), storage.begin() as uow:
            add(uow)
            uow.commit()

    def test_a_piece_goes_to_an_order_that_exists(self, storage):
        _, (piece,) = keep_offer(storage, 1)
        with pytest.raises(NotFound), storage.begin() as uow:
            uow.pieces.assign([piece], OrderId(uuid4()))
            uow.commit()
        with storage.begin() as uow:
            assert uow.pieces.get(piece).order_id is None


class TestBrands:
    def test_are_filled_in_but_never_changed(self, storage):
        with storage.begin() as uow:
            uow.watches.keep_brand(Brand.named("Omega"))
            uow.watches.keep_brand(Brand.named("Omega", country="Switzerland"))
            uow.watches.keep_brand(Brand.named("Omega", country="Mars", founded_year=1848))
            uow.watches.add(a_watch(brand="Omega"))
            uow.commit()
        (row,) = storage.catalogue.brands()
        assert (row.country, row.founded_year, row.watches) == ("Switzerland", 1848, 1)

    def test_by_sixteen_at_once_are_one(self, storage):
        def keep():
            with storage.begin() as uow:
                uow.watches.keep_brand(Brand.named("Omega", country="Switzerland"))
                uow.watches.add(a_watch(brand="Omega"))
                uow.commit()
                return True

        assert len(answers(race([keep] * 16))) == 16
        (row,) = storage.catalogue.brands()
        assert row.watches == 16


class TestAccounts:
    def test_one_address_has_one_account_whoever_is_first(self, storage):
        users = [a_user(email=Email("ada@example.com")) for _ in range(16)]

        def add(user):
            with storage.begin() as uow:
                added = uow.users.add(user)
                uow.commit()
                return added

        outcomes = race([lambda user=user: add(user) for user in users])
        assert outcomes.count(True) == 1
        assert outcomes.count(False) == 15

    def test_a_rival_that_gives_up_leaves_the_address_free(self, storage, threads, until_waiting):
        first, second = (a_user(email=Email("ada@example.com")) for _ in range(2))

        def add():
            with storage.begin() as uow:
                added = uow.users.add(second)
                uow.commit()
                return added

        with storage.begin() as uow:
            uow.users.add(first)
            rival = threads.submit(add)
            until_waiting(1)
        assert rival.result(10) is True

    def test_carts_are_one_for_each_owner(self, storage):
        user = keep_user(storage)

        def add():
            with storage.begin() as uow:
                uow.carts.add(a_cart(owner=user.id))
                uow.commit()
                return True

        outcomes = race([add] * 8)
        assert outcomes.count(True) == 1
        assert {type(each) for each in outcomes} == {bool, ConcurrencyConflict}

    def test_order_numbers_are_drawn_again_when_taken(self, storage):
        offer, _ = keep_offer(storage)
        order = keep_order(storage, offer)
        with pytest.raises(ConcurrencyConflict), storage.begin() as uow:
            uow.orders.add(an_order(offer, number=order.number))
