"""What buyers are shown of their sessions, carts and orders."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.harness.language import CONTACT
from tests.harness.records import (
    NOW,
    PRICE,
    a_cart,
    a_session,
    keep_hold,
    keep_offer,
    keep_order,
    keep_user,
)

from watchstore.domain import (
    CartLine,
    Money,
    OrderState,
    Parcel,
    UserId,
)
from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.queries import CartView
from watchstore.service_layer.secrets import secret_hash

GUEST = Shopper(guest_hash=secret_hash("guest"))
SNOWFLAKE = ("Grand Seiko", "Snowflake")


def change(storage, work):
    with storage.begin() as uow:
        work(uow)
        uow.commit()


class TestSessions:
    def test_are_found_by_the_hash_of_their_secret(self, storage):
        user = keep_user(storage)
        session = a_session(user)
        change(storage, lambda uow: uow.sessions.add(session))
        for fresh in (True, False):
            found = storage.sessions.find(session.secret_hash, fresh=fresh)
            assert (found.session_id, found.user) == (session.id, user)
            assert found.expires_at == session.expires_at
        assert storage.sessions.find("0" * 64) is None

    def test_end_with_their_life_by_the_clock_of_the_storage(self, storage):
        user = keep_user(storage)
        start = datetime.now(UTC) - timedelta(days=2)
        over = a_session(user, started_at=start, expires_at=start + timedelta(days=1))
        change(storage, lambda uow: uow.sessions.add(over))
        assert storage.sessions.find(over.secret_hash) is None
        assert storage.accounts.sessions(user.id) == ()

    def test_of_a_disabled_account_are_nobodys(self, storage):
        user = keep_user(storage)
        session = a_session(user)
        change(storage, lambda uow: uow.sessions.add(session))
        change(storage, lambda uow: uow.users.save(user.disable(NOW)))
        assert storage.sessions.find(session.secret_hash, fresh=True) is None

    def test_end_one_all_or_all_but_one(self, storage):
        user, other = keep_user(storage), keep_user(storage)
        sessions = [a_session(user) for _ in range(4)]
        others = a_session(other)
        for session in (*sessions, others):
            change(storage, lambda uow, session=session: uow.sessions.add(session))
        ended = []

        def end(**which):
            with storage.begin() as uow:
                ended.append(sorted(uow.sessions.end(user.id, **which)))
                uow.commit()

        end(only=others.id)
        end(only=sessions[0].id)
        end(only=sessions[0].id)
        end(keep=sessions[1].id)
        end()

        hashes = [session.secret_hash for session in sessions]
        assert ended == [[], hashes[:1], [], sorted(hashes[2:]), hashes[1:2]]
        storage.sessions.forget(hashes)
        assert [storage.sessions.find(each) for each in hashes] == [None] * 4
        assert storage.sessions.find(others.secret_hash) is not None

    def test_are_listed_newest_first(self, storage):
        user = keep_user(storage)
        start = datetime.now(UTC) - timedelta(hours=3)
        sessions = [
            a_session(user, started_at=start + timedelta(hours=hour), device=f"device {hour}")
            for hour in range(3)
        ]
        for session in sessions:
            change(storage, lambda uow, session=session: uow.sessions.add(session))
        rows = storage.accounts.sessions(user.id)
        assert [row.device for row in rows] == ["device 2", "device 1", "device 0"]
        assert datetime.fromisoformat(rows[0].started_at) == sessions[2].started_at


class TestAccounts:
    def test_are_shown_to_their_holder(self, storage):
        user = keep_user(storage)
        view = storage.accounts.account(user.id)
        assert (view.id, view.email, view.name) == (str(user.id), user.email.address, user.name)
        assert (view.role, view.verified) == ("customer", True)
        assert view.registered_at == NOW.isoformat()
        assert storage.accounts.account(UserId(uuid4())) is None


class TestCarts:
    def test_are_empty_when_there_is_none(self, storage):
        nothing = CartView(0, (), 0, None)
        for shopper in (GUEST, Shopper(), Shopper(UserId(uuid4()))):
            assert storage.carts.cart(shopper) == nothing

    def test_show_todays_price_and_the_one_that_was_seen(self, storage):
        offer, _ = keep_offer(storage, 3)
        seen = Money(500_000, PRICE.currency)
        cart = a_cart(secret_hash=GUEST.guest_hash, lines=(CartLine(offer.id, 2, seen),))
        change(storage, lambda uow: uow.carts.add(cart))

        view = storage.carts.cart(GUEST)

        (line,) = view.lines
        assert (line.offer_id, line.quantity) == (str(offer.id), 2)
        assert (line.amount, line.seen_amount, line.currency) == (580_000, 500_000, "USD")
        assert (line.brand, line.name) == SNOWFLAKE
        assert (line.availability, line.free, line.condition) == ("in_stock", 3, "new")
        assert (view.version, view.subtotal, view.currency) == (1, 1_160_000, "USD")

    def test_count_only_what_can_still_be_bought(self, storage):
        user = keep_user(storage)
        good, _ = keep_offer(storage, 1)
        held, pieces = keep_offer(storage, 1)
        empty, _ = keep_offer(storage, 0)
        closed, _ = keep_offer(storage, 1)
        keep_hold(storage, *pieces)
        change(storage, lambda uow: uow.offers.save(closed.close(NOW)))
        lines = tuple(CartLine(each.id, 1, PRICE) for each in (good, held, empty, closed))
        change(storage, lambda uow: uow.carts.add(a_cart(owner=user.id, lines=lines)))

        view = storage.carts.cart(Shopper(user.id))

        assert [line.availability for line in view.lines] == [
            "in_stock",
            "reserved",
            "sold_out",
            "sold_out",
        ]
        assert [line.free for line in view.lines] == [1, 0, 0, 0]
        assert view.subtotal == PRICE.amount

    def test_of_an_account_come_before_a_guests(self, storage):
        user = keep_user(storage)
        offer, _ = keep_offer(storage, 1)
        mine = a_cart(owner=user.id, lines=(CartLine(offer.id, 1, PRICE),))
        guests = a_cart(secret_hash=GUEST.guest_hash, version=7)
        change(storage, lambda uow: (uow.carts.add(mine), uow.carts.add(guests)))
        both = Shopper(user.id, GUEST.guest_hash)
        assert len(storage.carts.cart(both).lines) == 1
        assert storage.carts.cart(GUEST).version == 7


class TestAnOrder:
    def test_is_shown_whole(self, storage):
        offer, pieces = keep_offer(storage, 2)
        order = keep_order(storage, offer, *pieces)
        paid = order.pay(NOW)
        sent = paid.dispatch(Parcel("DHL", "JD1"), NOW, by="clerk")
        for step in (paid, sent, sent.ship(NOW)):
            change(storage, lambda uow, step=step: uow.orders.save(step))

        view = storage.orders.order(order.number, None)

        assert (view.number, view.state, view.payment) == (
            order.number.text,
            "shipped",
            "authorising",
        )
        assert (view.email, view.name) == (CONTACT.email.address, CONTACT.name)
        assert (view.items_amount, view.delivery_amount, view.amount) == (1_160_000, 0, 1_160_000)
        assert (view.carrier, view.tracking, view.delivery) == ("DHL", "JD1", "standard")
        assert view.address["country"] == "CH"
        assert view.placed_at == NOW.isoformat()
        (line,) = view.lines
        assert (line.brand, line.name, line.quantity, line.amount) == (*SNOWFLAKE, 2, 580_000)
        assert [entry.state for entry in view.timeline] == [
            "awaiting_payment",
            "paid",
            "dispatching",
            "shipped",
        ]
        assert view.timeline[2].by == "clerk"

    def test_is_its_owners_and_the_staffs(self, storage):
        owner, other = keep_user(storage), keep_user(storage)
        offer, _ = keep_offer(storage)
        mine = keep_order(storage, offer, buyer=owner.id).number
        guests = keep_order(storage, offer, guest_hash=GUEST.guest_hash).number
        nobodys = keep_order(storage, offer).number
        shoppers = [
            None,
            Shopper(owner.id),
            Shopper(other.id),
            GUEST,
            Shopper(guest_hash="0" * 64),
            Shopper(),
        ]

        def seen(number):
            return [storage.orders.order(number, each) is not None for each in shoppers]

        assert seen(mine) == [True, True, False, False, False, False]
        assert seen(guests) == [True, False, False, True, False, False]
        assert seen(nobodys) == [True, False, False, False, False, False]

    def test_of_an_account_is_not_opened_by_a_guests_cookie(self, storage):
        owner = keep_user(storage)
        offer, _ = keep_offer(storage)
        order = keep_order(storage, offer, buyer=owner.id, guest_hash=GUEST.guest_hash)
        assert storage.orders.order(order.number, GUEST) is None
        assert storage.orders.order(order.number, Shopper(owner.id)) is not None


class TestPagesOfOrders:
    def test_go_on_where_the_last_one_ended(self, storage):
        offer, _ = keep_offer(storage)
        placed = [
            keep_order(storage, offer, placed_at=NOW + timedelta(minutes=minute // 2))
            for minute in range(7)
        ]
        newest_first = sorted(placed, key=lambda order: (order.placed_at, order.id), reverse=True)
        numbers, cursor = [], None
        for expected in (3, 3, 1):
            page = storage.orders.orders(cursor=cursor, limit=3)
            assert (len(page.items), page.total) == (expected, 7)
            numbers += [card.number for card in page.items]
            cursor = page.next
        assert cursor is None
        assert numbers == [order.number.text for order in newest_first]

    def test_repeat_and_skip_nothing_when_orders_come_in_meanwhile(self, storage):
        offer, _ = keep_offer(storage)
        first = [keep_order(storage, offer).number.text for _ in range(4)]
        page = storage.orders.orders(limit=2)
        keep_order(storage, offer, placed_at=NOW + timedelta(days=1))
        rest = storage.orders.orders(limit=10, cursor=page.next)
        assert sorted(card.number for card in (*page.items, *rest.items)) == sorted(first)
        assert rest.next is None

    def test_are_of_one_buyer_or_one_state(self, storage):
        user = keep_user(storage)
        offer, _ = keep_offer(storage)
        mine = keep_order(storage, offer, buyer=user.id)
        other = keep_order(storage, offer)
        change(storage, lambda uow: uow.orders.save(other.cancel(NOW, by="clerk")))
        assert [card.number for card in storage.orders.orders(buyer=user.id).items] == [
            mine.number.text
        ]
        (card,) = storage.orders.orders(state=OrderState.CANCELLED.value).items
        assert (card.number, card.state, card.pieces) == (other.number.text, "cancelled", 1)
        assert (card.email, card.amount, card.currency) == (
            CONTACT.email.address,
            580_000,
            "USD",
        )
        assert storage.orders.orders(buyer=user.id, state="cancelled").total == 0

    def test_refuse_a_cursor_that_no_page_gave(self, storage):
        for cursor in ("nonsense", "é", "AAAA", "bm90IGEgZGF0ZSB4"):
            with pytest.raises(InvalidValue) as refusal:
                storage.orders.orders(cursor=cursor)
            assert refusal.value.field == "cursor"
