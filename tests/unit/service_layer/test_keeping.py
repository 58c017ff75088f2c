"""What an account keeps, takes away, and what is left when it goes."""

import pytest
from tests.harness.language import (
    ADDRESS,
    PASSWORD,
    a_clerk,
    a_customer,
    a_key,
    a_watch,
    an_offer,
    buy,
    deliver,
    drain_all,
    fill_cart,
    mailed_secret,
    register,
    send_back,
    ship,
    sign_in,
    start,
    states,
    subjects,
    told,
    view,
)

from watchstore.domain import Address, Email
from watchstore.domain.errors import (
    AddressLimit,
    KeyReused,
    NotFound,
    NotPermitted,
    SignInRefused,
    TooManyAttempts,
)
from watchstore.service_layer import limits
from watchstore.service_layer.commands import (
    AddWishes,
    ChangeAddress,
    ChangePassword,
    EraseAccount,
    KeepAddress,
    RegisterAccount,
    RemoveAddress,
    RemoveWish,
    RequestVerification,
    Shopper,
    VerifyEmail,
    Wanted,
)
from watchstore.service_layer.secrets import secret_hash

ADA = "ada@example.com"
OTHER = Address.parse(name="Ada", street="Gasse 2", city="Bern", postcode="3000", country="CH")
SLUG = "grand-seiko-heritage-sbga211"


def streets(house, user):
    return [(row.street, row.default) for row in house.shop.accounts.addresses(user)]


def wished(house, user):
    return [row.slug for row in house.shop.accounts.wishes(user)]


class TestAddresses:
    def test_are_kept_with_a_default(self, house):
        ada = a_customer(house)
        house.shop.keep_address(KeepAddress(ada, ADDRESS))
        house.shop.keep_address(KeepAddress(ada, OTHER))
        assert streets(house, ada) == [("Rue du Lac 1", True), ("Gasse 2", False)]
        house.shop.keep_address(KeepAddress(ada, ADDRESS, first=True))
        assert streets(house, ada)[0][0] == "Rue du Lac 1"
        assert len(streets(house, ada)) == 3

    def test_are_changed_preferred_and_removed(self, house):
        ada = a_customer(house)
        first = house.shop.keep_address(KeepAddress(ada, ADDRESS))
        second = house.shop.keep_address(KeepAddress(ada, ADDRESS))
        house.shop.change_address(ChangeAddress(ada, second, OTHER, first=True))
        assert streets(house, ada) == [("Gasse 2", True), ("Rue du Lac 1", False)]
        house.shop.change_address(ChangeAddress(ada, first, OTHER))
        house.shop.remove_address(RemoveAddress(ada, second))
        assert streets(house, ada) == [("Gasse 2", True)]

    def test_of_somebody_else_are_not_there(self, house):
        ada, eve = a_customer(house), a_customer(house, "eve@example.com")
        kept = house.shop.keep_address(KeepAddress(ada, ADDRESS))
        with pytest.raises(NotFound):
            house.shop.change_address(ChangeAddress(eve, kept, OTHER))
        with pytest.raises(NotFound):
            house.shop.remove_address(RemoveAddress(eve, kept))
        assert (streets(house, eve), len(streets(house, ada))) == ([], 1)

    def test_have_an_end(self, house):
        ada = a_customer(house)
        for _ in range(10):
            house.shop.keep_address(KeepAddress(ada, ADDRESS))
        with pytest.raises(AddressLimit):
            house.shop.keep_address(KeepAddress(ada, ADDRESS))

    def test_with_a_key_are_kept_once(self, house):
        ada = a_customer(house)
        command = KeepAddress(ada, ADDRESS, key=a_key())
        assert house.shop.keep_address(command) == house.shop.keep_address(command)
        assert len(streets(house, ada)) == 1
        with pytest.raises(KeyReused):
            house.shop.keep_address(KeepAddress(ada, OTHER, key=a_key(body="another")))


class TestWishes:
    def test_are_merged_and_taken_off(self, house):
        ada = a_customer(house)
        a_watch(house)
        a_watch(house, "SBGA413")
        house.shop.add_wishes(AddWishes(ada, (SLUG, "no-such-watch")))
        house.shop.add_wishes(AddWishes(ada, (SLUG, "grand-seiko-heritage-sbga413")))
        assert wished(house, ada) == ["grand-seiko-heritage-sbga413", SLUG]
        house.shop.remove_wish(RemoveWish(ada, SLUG))
        house.shop.remove_wish(RemoveWish(ada, SLUG))
        house.shop.remove_wish(RemoveWish(ada, "no-such-watch"))
        assert wished(house, ada) == ["grand-seiko-heritage-sbga413"]

    def test_of_watches_that_are_not_for_all_to_see_are_not_told(self, house):
        ada = a_customer(house)
        watch = a_watch(house)
        house.shop.add_wishes(AddWishes(ada, (SLUG,)))
        house.shop.withdraw_watch(watch)
        assert wished(house, ada) == []


class TestReturns:
    def test_of_an_account_are_listed_with_their_orders(self, house):
        ada = a_customer(house)
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2, shopper=Shopper(user_id=ada))
        ship(house, receipt)
        send_back(house, receipt, Wanted(offer, 1), shopper=Shopper(user_id=ada))
        (row,) = house.shop.accounts.returns(ada)
        assert (row.number, row.state, row.pieces) == (receipt.number, "requested", 1)
        assert house.shop.accounts.returns(a_customer(house, "eve@example.com")) == ()

    def test_can_be_asked_for_what_was_sent_and_is_not_on_its_way_back(self, house):
        offer = an_offer(house, 3)
        receipt = buy(house, offer, 3)
        assert view(house, receipt).lines[0].returnable == 0
        ship(house, receipt)
        assert (view(house, receipt).lines[0].returnable, view(house, receipt).return_until) == (
            3,
            None,
        )
        deliver(house, receipt)
        send_back(house, receipt, Wanted(offer, 1))
        shown = view(house, receipt)
        assert shown.lines[0].returnable == 2
        assert shown.return_until == "2026-03-15T12:00:00+00:00"


class TestAnExport:
    def test_has_all_there_is(self, house):
        ada = a_customer(house)
        offer = an_offer(house, 2)
        receipt = buy(house, offer, shopper=Shopper(user_id=ada))
        fill_cart(house, (offer, 1), shopper=Shopper(user_id=ada))
        house.shop.keep_address(KeepAddress(ada, ADDRESS))
        house.shop.add_wishes(AddWishes(ada, (SLUG,)))
        sign_in(house)
        found = house.shop.export_account(ada)
        assert found.account.email == ADA
        assert [row.street for row in found.addresses] == ["Rue du Lac 1"]
        assert len(found.wishlist) == len(house.shop.accounts.wishes(ada))
        assert (len(found.sessions), len(found.cart.lines)) == (1, 1)
        assert [order.number for order in found.orders] == [receipt.number]

    def test_goes_on_over_pages_of_orders(self, house, monkeypatch):
        monkeypatch.setattr("watchstore.service_layer.exporting._PAGE", 2)
        ada = a_customer(house)
        offer = an_offer(house, 3)
        numbers = {buy(house, offer, shopper=Shopper(user_id=ada)).number for _ in range(3)}
        assert {order.number for order in house.shop.export_account(ada).orders} == numbers

    def test_too_often_is_refused(self, house):
        ada = a_customer(house)
        for _ in range(limits.EXPORT_BY_ACCOUNT.count):
            house.shop.export_account(ada)
        with pytest.raises(TooManyAttempts):
            house.shop.export_account(ada)

    def test_of_nobody_is_not_there(self, house):
        with pytest.raises(NotFound):
            house.shop.export_account(house.entropy.new_id())


class TestErasing:
    def test_ends_everything_but_the_books(self, house):
        ada = a_customer(house)
        offer = an_offer(house, 2)
        receipt = buy(house, offer, shopper=Shopper(user_id=ada))
        fill_cart(house, (offer, 1), shopper=Shopper(user_id=ada))
        start(house, shopper=Shopper(user_id=ada))
        house.shop.keep_address(KeepAddress(ada, ADDRESS))
        house.shop.add_wishes(AddWishes(ada, (SLUG,)))
        session = sign_in(house)

        house.shop.erase_account(EraseAccount(ada, PASSWORD))

        assert house.shop.sessions.find(secret_hash(session.secret)) is None
        assert house.shop.accounts.sessions(ada) == ()
        account = house.shop.accounts.account(ada)
        assert (account.name, account.email) == ("", f"{ada}@erased.invalid")
        assert (streets(house, ada), wished(house, ada)) == ([], [])
        assert house.shop.carts.cart(Shopper(user_id=ada)).lines == ()
        assert states(house, offer) == ["free", "sold"]
        assert view(house, receipt).email == ADA
        with pytest.raises(SignInRefused):
            sign_in(house)
        drain_all(house)
        last = house.mailer.sent[-1]
        assert (last.to, last.subject) == (Email(ADA), "Your account was deleted")

    def test_lets_the_address_register_again(self, house):
        ada = a_customer(house)
        house.shop.erase_account(EraseAccount(ada, PASSWORD))
        assert a_customer(house) != ada

    def test_wants_the_password(self, house):
        ada = a_customer(house)
        with pytest.raises(SignInRefused):
            house.shop.erase_account(EraseAccount(ada, "wrong"))
        assert sign_in(house)

    def test_by_guessing_is_limited(self, house):
        ada = a_customer(house)
        for _ in range(limits.PASSWORD_BY_ACCOUNT.count):
            told(house.shop.erase_account, EraseAccount(ada, "wrong"))
        with pytest.raises(TooManyAttempts):
            house.shop.erase_account(EraseAccount(ada, PASSWORD))

    def test_is_not_for_staff(self, house):
        clerk = a_clerk(house)
        with pytest.raises(NotPermitted):
            house.shop.erase_account(EraseAccount(clerk, PASSWORD))

    def test_writes_to_nobody_what_was_still_to_be_written(self, house):
        ada = a_customer(house)
        house.mailer.sent.clear()
        house.shop.change_password(ChangePassword(ada, PASSWORD, "another good password"))
        house.shop.register(RegisterAccount(Email(ADA), "Ada", PASSWORD))
        house.shop.erase_account(EraseAccount(ada, "another good password"))
        drain_all(house)
        assert [mail.to for mail in house.mailer.sent] == [Email(ADA)]

    def test_shows_no_password(self):
        assert PASSWORD not in repr(EraseAccount(None, PASSWORD))


class TestTheConfirmingMail:
    def test_comes_again(self, house):
        register(house, ADA)
        house.mailer.sent.clear()
        house.shop.request_verification(RequestVerification(Email(ADA)))
        drain_all(house)
        house.shop.verify_email(VerifyEmail(mailed_secret(house, ADA)))
        assert sign_in(house)

    def test_goes_to_nobody_who_needs_none(self, house):
        a_customer(house)
        house.mailer.sent.clear()
        for email in (ADA, "stranger@example.com"):
            house.shop.request_verification(RequestVerification(Email(email)))
        drain_all(house)
        assert subjects(house) == []

    def test_too_often_is_refused(self, house):
        for count in range(limits.MAIL_BY_ACCOUNT.count):
            house.shop.request_verification(RequestVerification(Email(ADA), f"address {count}"))
        with pytest.raises(TooManyAttempts):
            house.shop.request_verification(RequestVerification(Email(ADA), "another"))
