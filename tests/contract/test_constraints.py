"""What every storage refuses, whoever asks and however many at once."""

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
                uow.refunds.get,
                uow.returns.get,
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
