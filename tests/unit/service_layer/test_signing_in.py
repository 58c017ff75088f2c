"""Sessions and the cart that a guest brings along."""

import pytest
from tests.harness.language import GUEST, PASSWORD, a_customer, an_offer, sign_in, told, user_id
from tests.harness.shop import SESSION_LIFE

from watchstore.domain import Email, MergeReport
from watchstore.domain.errors import NotFound, SignInRefused, TooManyAttempts
from watchstore.service_layer import limits
from watchstore.service_layer.commands import (
    ChangePassword,
    EndSessions,
    PutCartLine,
    Shopper,
    SignIn,
)
from watchstore.service_layer.secrets import secret_hash

ADA = "ada@example.com"


class TestSigningIn:
    def test_gives_a_new_secret_that_finds_the_user(self, house):
        ada = a_customer(house)
        first, second = sign_in(house, device="Firefox"), sign_in(house, device="x" * 300)

        found = house.shop.sessions.find(secret_hash(first.secret))

        assert (found.user.id, found.session_id) == (ada, first.session.id)
        assert found.expires_at == house.clock.now() + SESSION_LIFE
        assert first.secret != second.secret
        assert first.secret not in repr(first)
        assert {row.device for row in house.shop.accounts.sessions(ada)} == {"Firefox", "x" * 200}

    def test_ends_after_its_life(self, house):
        ada = a_customer(house)
        session = sign_in(house)
        house.clock.advance(SESSION_LIFE.total_seconds())
        assert house.shop.sessions.find(secret_hash(session.secret)) is None
        assert house.shop.accounts.sessions(ada) == ()

    def test_never_says_what_was_wrong(self, house):
        a_customer(house)
        a_customer(house, "disabled@example.com")
        disable(house, "disabled@example.com")
        tries = [(ADA, "wrong"), ("nobody@example.com", PASSWORD), ("disabled@example.com", None)]
        refusals = [
            told(house.shop.sign_in, SignIn(Email(email), password or PASSWORD))
            for email, password in tries
        ]
        assert refusals[0] == refusals[1] == refusals[2]
        assert refusals[0][0] == "sign_in_refused"

    def test_replaces_the_session_it_comes_from(self, house):
        a_customer(house)
        old = sign_in(house)
        new = sign_in(house, ending=old.session.id)
        assert new.ended == (secret_hash(old.secret),)
        assert house.shop.sessions.find(secret_hash(old.secret)) is None
        assert sign_in(house, ending=old.session.id).ended == ()

    def test_cannot_end_the_session_of_another_account(self, house):
        a_customer(house)
        a_customer(house, "bob@example.com")
        bobs = sign_in(house, "bob@example.com")
        assert sign_in(house, ending=bobs.session.id).ended == ()
        assert house.shop.sessions.find(secret_hash(bobs.secret)) is not None

    def test_is_refused_when_the_password_changes_while_it_is_checked(self, house):
        ada = a_customer(house)
        change = ChangePassword(ada, PASSWORD, "another good password")
        house.steps.at("users.get:before", lambda: house.rival.change_password(change))
        with pytest.raises(SignInRefused):
            sign_in(house)
        assert house.shop.accounts.sessions(ada) == ()

    def test_guesses_at_one_account_are_limited_from_wherever_they_come(self, house):
        a_customer(house)
        for count in range(limits.SIGN_IN_BY_ACCOUNT.count):
            told(house.shop.sign_in, SignIn(Email(ADA), "wrong", origin=f"address {count}"))
        with pytest.raises(TooManyAttempts) as refusal:
            sign_in(house, origin="another")
        house.clock.advance(refusal.value.retry_after)
        assert sign_in(house, origin="another")

    def test_guesses_from_one_address_are_limited_over_all_accounts(self, house):
        for count in range(limits.SIGN_IN_BY_ADDRESS.count):
            told(house.shop.sign_in, SignIn(Email(f"a{count}@example.com"), "wrong"))
        with pytest.raises(TooManyAttempts):
            house.shop.sign_in(SignIn(Email("last@example.com"), "wrong"))


class TestSigningOut:
    def test_of_one_session(self, house):
        ada = a_customer(house)
        first, second = sign_in(house), sign_in(house)
        assert house.shop.end_sessions(EndSessions(ada, session_id=first.session.id)) == 1
        assert [row.id for row in house.shop.accounts.sessions(ada)] == [str(second.session.id)]
        assert house.shop.end_sessions(EndSessions(ada, session_id=first.session.id)) == 0

    def test_of_all_but_one(self, house):
        ada = a_customer(house)
        kept, *_ = sign_in(house), sign_in(house), sign_in(house)
        assert house.shop.end_sessions(EndSessions(ada, keep=kept.session.id)) == 2
        assert house.shop.end_sessions(EndSessions(ada)) == 1

    def test_of_nobody_is_refused(self, house):
        with pytest.raises(NotFound):
            house.shop.end_sessions(EndSessions(house.entropy.new_id()))

    def test_tells_the_cache_again_through_the_outbox(self, house):
        ada = a_customer(house)
        sign_in(house)
        house.shop.end_sessions(EndSessions(ada))
        assert house.shop.drain() == 1
        assert house.failures == []


class TestTheGuestsCart:
    def test_becomes_the_accounts_when_that_has_none(self, house):
        ada, offer = a_customer(house), an_offer(house)
        put(house, GUEST, offer, 2)
        report = sign_in(house, guest_hash=GUEST.guest_hash).merged
        assert report == MergeReport(added=(offer,))
        assert lines(house, Shopper(ada)) == {str(offer): 2}
        assert lines(house, GUEST) == {}

    def test_is_merged_into_the_accounts(self, house):
        ada = Shopper(a_customer(house))
        raised, kept, added = (an_offer(house, 5) for _ in range(3))
        francs = an_offer(house, currency="CHF")
        put(house, ada, raised, 1)
        put(house, ada, kept, 3)
        for offer, quantity in ((raised, 2), (kept, 2), (added, 1)):
            put(house, GUEST, offer, quantity)

        report = sign_in(house, guest_hash=GUEST.guest_hash).merged

        assert report == MergeReport(added=(added,), raised=(raised,))
        assert lines(house, ada) == {str(raised): 2, str(kept): 3, str(added): 1}
        assert lines(house, GUEST) == {}
        put(house, GUEST, francs, 1)
        assert sign_in(house, guest_hash=GUEST.guest_hash).merged.left_out == (francs,)

    def test_may_be_missing(self, house):
        a_customer(house)
        assert sign_in(house, guest_hash=GUEST.guest_hash).merged == MergeReport()


def put(house, shopper, offer, quantity):
    house.shop.put_cart_line(PutCartLine(shopper, offer, quantity))


def lines(house, shopper):
    return {line.offer_id: line.quantity for line in house.shop.carts.cart(shopper).lines}


def disable(house, email):
    with house.storage.begin() as uow:
        user = uow.users.get(user_id(house, email))
        uow.users.save(user.disable(house.clock.now()))
        uow.commit()
