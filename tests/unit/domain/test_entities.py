"""Users, watches, offers, pieces, tokens: what may become of each."""

from dataclasses import replace
from datetime import timedelta
from inspect import isclass
from uuid import UUID

import pytest
from tests.harness.records import NOW, a_hold, a_piece, a_session, a_user, a_watch, an_offer

from watchstore import domain
from watchstore.domain import (
    Email,
    Hold,
    HoldId,
    Money,
    OrderId,
    Permission,
    PieceState,
    Publication,
    Purpose,
    Role,
    Specification,
    Token,
    errors,
    events,
)
from watchstore.domain.errors import (
    DomainError,
    IllegalTransition,
    InvalidToken,
    InvalidValue,
    NotPermitted,
)
from watchstore.domain.user import PERMISSIONS, acceptable_password

LATER = NOW + timedelta(hours=1)
ORDER = OrderId(UUID(int=1))
OFFER = an_offer(a_watch())


class TestUsers:
    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("permission", Permission)
    def test_may_what_their_role_permits(self, role, permission):
        user = a_user(role=role)
        assert user.may(permission) is (permission in PERMISSIONS[role])
        if user.may(permission):
            user.require(permission)
        else:
            with pytest.raises(NotPermitted):
                user.require(permission)

    def test_may_nothing_once_disabled(self):
        manager = a_user(role=Role.MANAGER).disable(LATER)
        assert not any(manager.may(permission) for permission in Permission)
        assert not manager.may_sign_in
        assert manager.disable(LATER + timedelta(1)) is manager

    def test_of_a_customer_may_nothing(self):
        assert PERMISSIONS[Role.CUSTOMER] == frozenset()
        assert PERMISSIONS[Role.CLERK] < PERMISSIONS[Role.MANAGER] == frozenset(Permission)

    def test_sign_in_when_verified(self):
        user = replace(a_user(), verified_at=None)
        assert not user.may_sign_in
        verified = user.verify(NOW)
        assert verified.may_sign_in
        assert verified.verify(LATER) is verified
        with pytest.raises(IllegalTransition):
            user.disable(NOW).verify(NOW)

    def test_change(self):
        user = a_user()
        assert user.rename("Grace").name == "Grace"
        assert user.with_role(Role.CLERK).role is Role.CLERK
        assert user.with_password("new").password_hash == "new"

    @pytest.mark.parametrize("password", ["12345678", "x" * 256, "Ünïcödé €"])
    def test_may_use_passwords_that_guard(self, password):
        email = Email("ada@example.com")
        assert acceptable_password(password, email=email, common=frozenset()) == password

    @pytest.mark.parametrize("password", ["1234567", "x" * 257, "QWERTYUI", "ada@exam"])
    def test_may_not_use_those_that_attackers_try(self, password):
        with pytest.raises(InvalidValue):
            acceptable_password(
                password, email=Email("ada@example.com"), common=frozenset({"qwertyui"})
            )


class TestWatches:
    @pytest.mark.parametrize("state", Publication)
    def test_are_published_and_withdrawn_in_turn(self, state):
        watch = replace(a_watch(), publication=state)
        published = state is Publication.PUBLISHED
        go, refused = watch.publish, watch.withdraw
        if published:
            go, refused = refused, go
        assert (go(LATER).version, go(LATER).changed_at) == (watch.version + 1, LATER)
        with pytest.raises(IllegalTransition):
            refused(LATER)

    def test_are_themselves_when_nothing_was_revised(self):
        watch = a_watch()
        same = {"collection": watch.collection, "name": watch.name}
        assert watch.revise(LATER, specification=watch.specification, **same) is watch
        revised = watch.revise(LATER, specification=Specification(first_year=2010), **same)
        assert (revised.version, revised.changed_at) == (watch.version + 1, LATER)


class TestOffers:
    def test_cost_something(self):
        for amount in (0, -1):
            with pytest.raises(InvalidValue):
                replace(OFFER, price=Money(amount, OFFER.price.currency))

    def test_are_open_until_closed(self):
        closed = OFFER.close(LATER)
        assert (OFFER.is_open, closed.is_open, closed.version) == (True, False, 2)
        for refused in (lambda: closed.close(LATER), lambda: closed.reprice(OFFER.price * 2)):
            with pytest.raises(IllegalTransition):
                refused()

    def test_are_repriced(self):
        assert OFFER.reprice(OFFER.price) is OFFER
        assert OFFER.reprice(OFFER.price * 2).version == 2


class TestPieces:
    def test_are_in_one_state(self):
        piece = a_piece(OFFER)
        held = replace(piece, hold=Hold(HoldId(UUID(int=1)), LATER))
        ordered = replace(piece, order_id=ORDER)
        assert piece.state(NOW) is PieceState.FREE
        assert held.state(NOW) is PieceState.HELD
        assert held.state(LATER) is PieceState.FREE
        assert ordered.state(NOW) is PieceState.ORDERED
        assert replace(ordered, sold_at=NOW).state(NOW) is PieceState.SOLD

    def test_have_one_taker(self):
        with pytest.raises(InvalidValue):
            a_piece(OFFER, hold=a_hold(), order_id=ORDER)
        with pytest.raises(InvalidValue):
            a_piece(OFFER, sold_at=NOW)


class TestProofs:
    def test_sessions_end(self):
        session = a_session(a_user(), started_at=NOW, expires_at=LATER)
        assert session.is_live(NOW)
        assert not session.is_live(LATER)

    def test_tokens_work_once_and_in_time(self):
        token = Token("a" * 64, Purpose.VERIFY_EMAIL, a_user().id, LATER)
        used = token.use(NOW)
        assert used.used_at == NOW
        for refused in (lambda: used.use(NOW), lambda: token.use(LATER)):
            with pytest.raises(InvalidToken):
                refused()


class TestCodes:
    def test_of_refusals_are_all_different(self):
        classes = filter(isclass, vars(errors).values())
        kinds = [each for each in classes if issubclass(each, DomainError)]
        assert len({kind.code for kind in kinds}) == len(kinds)
        assert all(f"  {kind.code}" in errors.__doc__ for kind in kinds if kind is not DomainError)

    def test_of_events_name_their_class(self):
        kinds = [
            each
            for each in vars(events).values()
            if isclass(each) and issubclass(each, events.Event) and each is not events.Event
        ]
        assert {events.EVENTS[kind.name] for kind in kinds} == set(kinds)

    def test_what_the_domain_offers_exists(self):
        assert all(hasattr(domain, name) for name in domain.__all__)
